// caught by: group addresses are not learnt
// cause: a group's address is learnt: frames for everybody would go to one port
#include "tunnel/mac_table.hpp"

namespace culvert::tunnel {

void MacTable::learn(const MacAddress& station, const Port& port, Instant now) {
  if (stations_.size() >= max_stations && !stations_.contains(station)) {
    if (now < clean_again_) return;
    clean_again_ = now + std::chrono::seconds{1};
    std::erase_if(stations_, [&](const auto& entry) { return now - entry.second.at >= age; });
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
