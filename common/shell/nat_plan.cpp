#include "shell/nat_plan.hpp"

#include <fmt/format.h>

namespace culvert::shell {
namespace {

constexpr int table = 400;  // a routing table of our own

Change add(const std::string& object, const std::string& what, bool undo = true) {
  Change change{command(fmt::format("ip {} add {}", object, what)), std::nullopt};
  if (undo) change.undo = command(fmt::format("ip {} del {}", object, what));
  return change;
}

}  // namespace

// [tag: plan]
Plan nat_plan(const NatFacts& facts) {
  const std::string outside = to_string(facts.outside);
  Plan plan;
  if (facts.forwards_v4 == "0") {
    plan.push_back(
        {command("sysctl -w net.ipv4.ip_forward=1"), command("sysctl -w net.ipv4.ip_forward=0")});
  }
  // Who lives on this machine hears its ICMP errors through us, from an address of its own: without this, a "martian".
  const std::string accept_local =
      fmt::format("sysctl -w net.ipv4.conf.{}.accept_local", facts.tunnel);
  plan.push_back({command(accept_local + "=1"), std::nullopt});
  if (facts.tunnel_outlives_us) plan.back().undo = command(accept_local + "=0");
  plan.push_back(add("route", fmt::format("default dev {} table {}", facts.tunnel, table),
                     facts.tunnel_outlives_us));
  plan.push_back(add("rule", fmt::format("from {} lookup {}", to_string(facts.inside), table)));
  plan.push_back(
      add("route",
          fmt::format("{}/32 dev {} src {}", outside, facts.tunnel, to_string(facts.own_address)),
          facts.tunnel_outlives_us));
  plan.push_back(add("neigh", fmt::format("proxy {} dev {}", outside, facts.uplink)));
  return plan;
}
// [end: plan]

}  // namespace culvert::shell
