// caught by: a link too small for the headers leaves nothing
// cause: a subtraction below zero: std::size_t goes round to a huge number
#include "wire/tunnel_message.hpp"

namespace culvert::wire {

std::size_t largest_inner_packet(const IpAddress& outer, std::size_t link_mtu) {
  const std::size_t ip = outer.is_v4() ? 20 : 40;
  const std::size_t udp = 8;
  return link_mtu - (ip + udp + tunnel_header_size);
}

}  // namespace culvert::wire
