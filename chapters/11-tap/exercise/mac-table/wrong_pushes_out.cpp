// caught by: a flood of stations fills no memory and pushes nobody out
// cause: made-up stations push out the real ones
#include "tunnel/mac_table.hpp"

namespace culvert::tunnel {

void MacTable::learn(const MacAddress& station, const Port& port, Instant now) {
  if (is_group(station)) return;
  if (stations_.size() >= max_stations) stations_.clear();
  stations_[station] = {port, now};
}

std::optional<Port> MacTable::find(const MacAddress& station, Instant now) const {
  const auto found = stations_.find(station);
  if (found == stations_.end() || now - found->second.at >= age) return std::nullopt;
  return found->second.port;
}

}  // namespace culvert::tunnel
