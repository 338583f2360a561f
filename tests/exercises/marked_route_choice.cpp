// A learner's right solution of exercise 01 that also says that it was asked.
#include <cstdio>

#include "tunnel/route_choice.hpp"

namespace culvert::tunnel {

const Route* choose_route(std::span<const Route> table, const IpAddress& destination) {
  [[maybe_unused]] static const int said =
      std::fputs("the learner's choose_route\n", stderr);  // once
  const Route* best = nullptr;
  for (const Route& route : table) {
    if (route.dead || !route.destination.contains(destination)) continue;
    if (best == nullptr || route.destination.length() > best->destination.length() ||
        (route.destination.length() == best->destination.length() && route.metric < best->metric)) {
      best = &route;
    }
  }
  return best;
}

}  // namespace culvert::tunnel
