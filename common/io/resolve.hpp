// Names to addresses (getaddrinfo(3)): the machine's hosts file, then DNS. It waits for the answer, so ask before packets
// flow.
#pragma once

#include <string>

#include "base/endpoint.hpp"

namespace culvert::io {

/// The first address that the machine would use for `host`, which may be an address itself; throws if there is none.
Endpoint resolve(const std::string& host, std::uint16_t port);

}  // namespace culvert::io
