// Sealed: without a key, which encrypted datagram carries which packet? It has the packet's size, padded to 16 bytes, and was
// seen between the packet's going in and its coming out. That is likely, not proved, and is said so.
#pragma once

#include <deque>
#include <set>
#include <string>
#include <vector>

#include "journeys.hpp"

namespace culvert::tundump {

/// Where the stations that join_sealed() makes live; journeys point into it.
struct JoinedStations {
  std::deque<Appearance> stations;
  std::set<std::string> words;
};

/// Takes sealed datagrams out of `journeys`, which are in the order of time, and puts each into the journey it belongs to.
/// Those that belong to none stay, if somebody asked for them.
void join_sealed(std::vector<Journey>& journeys, JoinedStations& joined);

}  // namespace culvert::tundump
