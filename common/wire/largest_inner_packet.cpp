#include <algorithm>

#include "wire/tunnel_message.hpp"

namespace culvert::wire {

// [tag: largest_inner_packet]
std::size_t largest_inner_packet(const IpAddress& outer, std::size_t link_mtu) {
  return link_mtu - std::min(link_mtu, tunnel_overhead(outer));
}
// [end: largest_inner_packet]

}  // namespace culvert::wire
