#include "shell/interface_plan.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace culvert::shell {
namespace {

Change address_change(const InterfaceFacts& facts, const InterfaceAddress& address) {
  // nodad: nobody else is on a tunnel, so there is nobody to ask whether the address is taken (RFC
  // 4862, section 5.4).
  const bool v6 = address.address.is_v6();
  Change change{command(fmt::format("ip addr add {} dev {}{}", to_string(address), facts.name,
                                    v6 ? " nodad" : "")),
                std::nullopt};
  if (facts.outlives_us)
    change.undo = command(fmt::format("ip addr del {} dev {}", to_string(address), facts.name));
  return change;
}

Change link_change(const InterfaceFacts& facts, std::size_t mtu) {
  Change change{command(fmt::format("ip link set {} mtu {} up", facts.name, mtu)), std::nullopt};
  if (facts.outlives_us) {
    change.undo = command(fmt::format("ip link set {} mtu {} {}", facts.name, facts.now.mtu,
                                      facts.now.up ? "up" : "down"));
  }
  return change;
}

}  // namespace

Plan interface_plan(const InterfaceFacts& facts, const InterfaceGoal& goal) {
  Plan plan;
  for (const InterfaceAddress& address : goal.addresses) {
    const bool there = std::ranges::find(facts.now.addresses, address) != facts.now.addresses.end();
    const bool possible = address.address.is_v4() || facts.has_ipv6;
    if (possible && !there) plan.push_back(address_change(facts, address));
  }
  plan.push_back(link_change(facts, goal.mtu));
  return plan;
}

}  // namespace culvert::shell
