// caught by: over IPv4 the outer headers are subtracted
// cause: the outer UDP header (8 bytes) is forgotten
#include <algorithm>

#include "wire/tunnel_message.hpp"

namespace culvert::wire {

std::size_t largest_inner_packet(const IpAddress& outer, std::size_t link_mtu) {
  const std::size_t ip = outer.is_v4() ? 20 : 40;
  return link_mtu - std::min(link_mtu, ip + tunnel_header_size);
}

}  // namespace culvert::wire
