#include "shell/next_hop.hpp"

#include <sstream>

namespace culvert::shell {

std::optional<NextHop> parse_route_get(std::string_view text) {
  NextHop hop;
  std::istringstream words{std::string{text}};
  for (std::string word; words >> word;) {
    if (word == "dev") words >> hop.device;
    if (word != "via") continue;
    words >> word;
    if (word == "inet6") words >> word;  // an IPv4 route may have an IPv6 gateway (RFC 5549)
    hop.gateway = IpAddress::parse(word);
    if (!hop.gateway) return std::nullopt;
  }
  if (hop.device.empty()) return std::nullopt;
  return hop;
}

}  // namespace culvert::shell
