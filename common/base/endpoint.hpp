// Endpoint: where a UDP datagram comes from or goes to.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/ip_address.hpp"

namespace culvert {

struct Endpoint {
  IpAddress address;
  std::uint16_t port = 0;  // host order

  /// "192.0.2.1:51820" or "[2001:db8::1]:51820" (RFC 3986, section 3.2.2); names are not looked up here.
  static std::optional<Endpoint> parse(std::string_view text);
  auto operator<=>(const Endpoint&) const = default;
};

/// Our own end of a datagram's way: the address it was sent to, and the number of the interface it came in by.
struct LocalEnd {
  IpAddress address;
  std::uint32_t interface = 0;
  auto operator<=>(const LocalEnd&) const = default;
};

std::string to_string(const Endpoint& endpoint);

}  // namespace culvert
