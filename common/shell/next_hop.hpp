// Which way the machine sends packets to an address now, read from what `ip route get` prints.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/ip_address.hpp"

namespace culvert::shell {

struct NextHop {
  std::string device;
  std::optional<IpAddress> gateway;  // none: the address is on the link itself
  bool operator==(const NextHop&) const = default;
};

/// "198.51.100.2 via 192.0.2.1 dev eth0 src 192.0.2.2 uid 0" and the like. None if there is no
/// `dev` in it.
std::optional<NextHop> parse_route_get(std::string_view text);

}  // namespace culvert::shell
