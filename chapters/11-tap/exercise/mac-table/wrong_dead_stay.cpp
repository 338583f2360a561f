// caught by: a flood of stations fills no memory and pushes nobody out
// cause: the dead keep their places: nobody new is ever learnt again
#include "tunnel/mac_table.hpp"

namespace culvert::tunnel {

void MacTable::learn(const MacAddress& station, const Port& port, Instant now) {
  if (is_group(station)) return;
  if (stations_.size() >= max_stations && !stations_.contains(station)) {
    if (now < clean_again_) return;
    clean_again_ = now + std::chrono::seconds{1};
    if (stations_.size() >= max_stations) return;
  }
  stations_[station] = {port, now};
}

std::optional<Port> MacTable::find(const MacAddress& station, Instant now) const {
  const auto found = stations_.find(station);
  if (found == stations_.end() || now - found->second.at >= age) return std::nullopt;
  return found->second.port;
}

}  // namespace culvert::tunnel
