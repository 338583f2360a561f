// caught by: each frame renews what is known
// cause: a frame does not renew what is known: busy stations are forgotten
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
  const auto [entry, is_new] = stations_.try_emplace(station, Heard{port, now});
  if (!is_new) entry->second.port = port;
}

std::optional<Port> MacTable::find(const MacAddress& station, Instant now) const {
  const auto found = stations_.find(station);
  if (found == stations_.end() || now - found->second.at >= age) return std::nullopt;
  return found->second.port;
}

}  // namespace culvert::tunnel
