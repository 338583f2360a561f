// caught by: two halves carry everything, and the server is exempt first
// cause: the server's exemption misses its gateway
#include <fmt/format.h>

#include "base/prefix.hpp"
#include "shell/route_plan.hpp"

namespace culvert::shell {
namespace {

Change route(const std::string& where, bool undo) {
  Change change{command("ip route add " + where), std::nullopt};
  if (undo) change.undo = command("ip route del " + where);
  return change;
}

}  // namespace

Plan route_plan(const RouteFacts& facts) {
  Plan plan;
  if (!facts.server_has_route) {
    const std::string host = to_string(Prefix{facts.server, facts.server.bits()});
    plan.push_back(route(fmt::format("{} dev {}", host, facts.way_to_server.device), true));
  }
  const std::string tunnel = "dev " + facts.tunnel;
  for (const char* half : {"0.0.0.0/1", "128.0.0.0/1"}) {
    plan.push_back(route(fmt::format("{} {}", half, tunnel), facts.tunnel_outlives_us));
  }
  for (const char* half : {"::/1", "8000::/1"}) {
    if (facts.ipv6 == Ipv6Fate::through_tunnel) {
      plan.push_back(route(fmt::format("{} {}", half, tunnel), facts.tunnel_outlives_us));
    } else if (facts.ipv6 == Ipv6Fate::refused) {
      plan.push_back(route(fmt::format("unreachable {}", half), true));
    }
  }
  return plan;
}

}  // namespace culvert::shell
