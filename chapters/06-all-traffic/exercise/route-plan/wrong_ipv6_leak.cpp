// caught by: two halves carry everything, and the server is exempt first
// cause: IPv6 is forgotten: it goes on beside the tunnel, in clear
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
    const std::string via = facts.way_to_server.gateway
                                ? fmt::format(" via {}", to_string(*facts.way_to_server.gateway))
                                : "";
    plan.push_back(route(fmt::format("{}{} dev {}", host, via, facts.way_to_server.device), true));
  }
  const std::string tunnel = "dev " + facts.tunnel;
  for (const char* half : {"0.0.0.0/1", "128.0.0.0/1"}) {
    plan.push_back(route(fmt::format("{} {}", half, tunnel), facts.tunnel_outlives_us));
  }
  return plan;
}

}  // namespace culvert::shell
