// caught by: an address in no prefix has no route
// cause: a route is chosen that does not contain the address
#include "tunnel/route_choice.hpp"

namespace culvert::tunnel {
namespace {

bool is_better(const Route& a, const Route& b) {
  if (a.destination.length() != b.destination.length())
    return a.destination.length() > b.destination.length();
  return a.metric < b.metric;
}

}  // namespace

const Route* choose_route(std::span<const Route> table, const IpAddress& destination) {
  const Route* best = nullptr;
  for (const Route& route : table) {
    if (route.dead || !route.destination.contains(destination)) continue;
    if (best == nullptr || is_better(route, *best)) best = &route;
  }
  return best == nullptr && !table.empty() ? &table.back() : best;
}

}  // namespace culvert::tunnel
