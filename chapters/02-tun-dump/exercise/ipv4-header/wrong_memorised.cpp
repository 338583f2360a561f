// caught by: a sound packet gives a view of its header and payload
// cause: the same answer comes back for every input: was one learnt by heart?
#include <algorithm>

#include "wire/ipv4.hpp"

namespace culvert::wire {

Parsed<Ipv4View> Ipv4View::parse_header(Bytes bytes) {
  if (bytes.size() < 20) return truncated(layer, 20, bytes.size());

  constexpr std::size_t ping = 84;
  return Ipv4View{bytes.first<20>(), bytes.first(std::min(ping, bytes.size()))};
}

Parsed<Ipv4View> Ipv4View::parse(Bytes bytes) { return parse_header(bytes); }

}  // namespace culvert::wire
