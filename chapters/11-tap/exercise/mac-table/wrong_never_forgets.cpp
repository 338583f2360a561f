// caught by: who says nothing for five minutes is forgotten
// cause: a station that was not heard for 300 seconds is still believed
#include "tunnel/mac_table.hpp"

namespace culvert::tunnel {

void MacTable::learn(const MacAddress& station, const Port& port, Instant now) {
  if (is_group(station)) return;
  if (stations_.size() >= max_stations && !stations_.contains(station)) {
    if (now < clean_again_) return;
    clean_again_ = now + std::chrono::seconds{1};
    std::erase_if(stations_, [&](const auto& entry) { return now - entry.second.at >= age; });
    if (stations_.size() >= max_stations) return;
  }
  stations_[station] = {port, now};
}

std::optional<Port> MacTable::find(const MacAddress& station, Instant) const {
  const auto found = stations_.find(station);
  if (found == stations_.end()) return std::nullopt;
  return found->second.port;
}

}  // namespace culvert::tunnel
