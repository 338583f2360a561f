// caught by: over IPv4 the outer headers are subtracted
// cause: an MTU counts from the IP header on: Ethernet's 14 bytes are not part of it
#include <algorithm>

#include "wire/tunnel_message.hpp"

namespace culvert::wire {

std::size_t largest_inner_packet(const IpAddress& outer, std::size_t link_mtu) {
  const std::size_t ip = outer.is_v4() ? 20 : 40;
  const std::size_t udp = 8;
  return link_mtu - std::min(link_mtu, 14 + ip + udp + tunnel_header_size);
}

}  // namespace culvert::wire
