// caught by: over IPv6 the outer header is 20 bytes longer
// cause: IPv4's header has 20 bytes, IPv6's 40: the family is not asked
#include <algorithm>

#include "wire/tunnel_message.hpp"

namespace culvert::wire {

std::size_t largest_inner_packet(const IpAddress&, std::size_t link_mtu) {
  const std::size_t ip = 20;
  const std::size_t udp = 8;
  return link_mtu - std::min(link_mtu, ip + udp + tunnel_header_size);
}

}  // namespace culvert::wire
