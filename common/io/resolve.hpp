// Names to addresses (getaddrinfo(3)): the machine's hosts file, then DNS. It waits for the answer, so ask before packets
// flow.
#pragma once

#include <optional>
#include <string>

#include "base/endpoint.hpp"
#include "base/result.hpp"

namespace culvert::io {

/// Why a name has no address.
struct Unresolved {
  std::string reason;
  bool may_pass = false;  // perhaps the network, or its name server, is only not there yet
};

/// The first address that the machine would use for `host`, which may be an address itself.
Result<Endpoint, Unresolved> resolve(const std::string& host, std::uint16_t port);

/// The other way round; none if nobody knows.
std::optional<std::string> host_name(const IpAddress& address);
/// "domain" for "udp" and 53, from the machine's list of services(5); none if it does not stand there.
std::optional<std::string> service_name(const std::string& protocol, std::uint16_t port);

}  // namespace culvert::io
