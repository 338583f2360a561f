#include "shell/gateway_plan.hpp"

#include <fmt/format.h>

namespace culvert::shell {
namespace {

Change sysctl(const std::string& key, const std::string& before) {
  return {command(fmt::format("sysctl -w {}=1", key)),
          command(fmt::format("sysctl -w {}={}", key, before))};
}

Change gateway_table(const GatewayFacts& facts) {
  std::string masquerade;
  for (const Prefix& inside : facts.inside) {
    if (inside.address().is_v6() && facts.forwards_v6.empty()) continue;
    masquerade +=
        fmt::format("    {} saddr {} oifname != \"{}\" masquerade\n",
                    inside.address().is_v4() ? "ip" : "ip6", to_string(inside), facts.tunnel);
  }
  const std::string table = fmt::format(R"(table inet culvert_gateway {{
  chain forward {{
    type filter hook forward priority mangle;
    iifname "{0}" tcp flags syn tcp option maxseg size set rt mtu
    oifname "{0}" tcp flags syn tcp option maxseg size set rt mtu
  }}
  chain postrouting {{
    type nat hook postrouting priority srcnat;
{1}  }}
}}
)",
                                        facts.tunnel, masquerade);
  return {command("nft -f -", table), command("nft delete table inet culvert_gateway")};
}

}  // namespace

Plan gateway_plan(const GatewayFacts& facts) {
  Plan plan;
  if (facts.forwards_v4 == "0") plan.push_back(sysctl("net.ipv4.ip_forward", facts.forwards_v4));
  if (facts.forwards_v6 == "0")
    plan.push_back(sysctl("net.ipv6.conf.all.forwarding", facts.forwards_v6));
  plan.push_back(gateway_table(facts));
  return plan;
}

}  // namespace culvert::shell
