// caught by: the longest prefix wins, wherever it stands in the table
// cause: the first route that contains the address wins, however short
#include "tunnel/route_choice.hpp"

namespace culvert::tunnel {
const Route* choose_route(std::span<const Route> table, const IpAddress& destination) {
  for (const Route& route : table) {
    if (route.dead || !route.destination.contains(destination)) continue;
    return &route;
  }
  return nullptr;
}

}  // namespace culvert::tunnel
