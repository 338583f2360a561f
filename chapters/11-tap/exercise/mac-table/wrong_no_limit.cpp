// caught by: a flood of stations fills no memory and pushes nobody out
// cause: the table grows without end: a flood of made-up addresses fills the memory
#include "tunnel/mac_table.hpp"

namespace culvert::tunnel {

void MacTable::learn(const MacAddress& station, const Port& port, Instant now) {
  if (is_group(station)) return;
  stations_[station] = {port, now};
}

std::optional<Port> MacTable::find(const MacAddress& station, Instant now) const {
  const auto found = stations_.find(station);
  if (found == stations_.end() || now - found->second.at >= age) return std::nullopt;
  return found->second.port;
}

}  // namespace culvert::tunnel
