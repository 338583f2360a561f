// caught by: each station is found behind the port it was heard at
// cause: the same answer comes back for every input: was one learnt by heart?
#include "tunnel/mac_table.hpp"

namespace culvert::tunnel {

void MacTable::learn(const MacAddress&, const Port&, Instant) {}

std::optional<Port> MacTable::find(const MacAddress&, Instant) const {
  return Port{Endpoint{Ipv4Address{192, 0, 2, 2}, 5000}};  // the client of chapter 11
}

}  // namespace culvert::tunnel
