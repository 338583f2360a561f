// Chapter 1: which doors does my machine have?
//
// New in this chapter: io::links(), io::addresses(), io::routes(), io::rules() – what the kernel knows about its network –
// and tunnel::choose_route(), the one rule by which it decides through which door a packet leaves.
// A packet's way to its door:    rules -> tables -> choose_route -> interface

#include <fmt/format.h>

#include <algorithm>

#include "cli/run_program.hpp"
#include "io/link_words.hpp"
#include "io/netlink.hpp"
#include "tunnel/route_lookup.hpp"

using namespace culvert;

namespace {

std::string_view state_of(const io::Link& link) {
  if (!link.is_up()) return "down";
  return link.has_carrier() ? "up" : "up, but nobody at the other end";
}

/// What the kernel knows, all of it, at one moment.
struct Machine {
  std::vector<io::Link> links = io::links();
  std::vector<io::LinkAddress> addresses = io::addresses();
  std::vector<Route> routes = io::routes();
  std::vector<RoutingRule> rules = io::rules();

  std::string name_of(std::uint32_t index) const {
    const auto found = std::find_if(links.begin(), links.end(),
                                    [&](const io::Link& link) { return link.index == index; });
    return found == links.end() ? fmt::format("interface {}", index) : found->name;
  }
};

void print_interfaces(const Machine& machine) {
  for (const io::Link& link : machine.links) {
    fmt::print("{}: {}, MTU {}", link.name, state_of(link), link.mtu);
    if (link.mac && !link.is_loopback()) fmt::print(", MAC {}", to_string(*link.mac));
    if (link.vlan_id) fmt::print(", VLAN {}", *link.vlan_id);
    if (link.master) fmt::print(", plugged into {}", machine.name_of(*link.master));
    fmt::print("\n    {}\n", io::sentence_on(link));
    for (const io::LinkAddress& address : machine.addresses) {
      if (address.interface != link.index) continue;
      fmt::print("    address {}\n", to_string(address.address));
    }
  }
}

std::string table_name(const tunnel::RuleStep& step) {
  if (step.local_and_main) return "tables local and main";
  switch (step.rule.table) {
    case local_table:
      return "table local";
    case main_table:
      return "table main";
    case default_table:
      return "table default";
    default:
      return fmt::format("table {}", step.rule.table);
  }
}

std::string outcome(const Machine& machine, const tunnel::RouteLookup& lookup) {
  if (lookup.refused_by_rule) return "is refused by a rule, before any table is asked";
  if (!lookup.winner) return "has no route: its sender gets \"Network is unreachable\"";
  const Route& route = *lookup.winner;
  switch (route.type) {
    case RouteType::local:
    case RouteType::anycast:
      return "stays in this machine, by lo: the address is its own";
    case RouteType::blackhole:
      return "ends here: a blackhole throws it away";
    case RouteType::unreachable:
    case RouteType::prohibit:
      return "ends here: it is thrown away, and its sender is told";
    default:
      break;
  }
  const std::string door = machine.name_of(route.interface);
  if (route.type == RouteType::broadcast || route.type == RouteType::multicast) {
    return fmt::format("leaves by {}, to many receivers on that link", door);
  }
  if (route.gateway) {
    return fmt::format("leaves by {}, to the gateway {}", door, to_string(*route.gateway));
  }
  return fmt::format("leaves by {}, straight to its receiver on that link", door);
}

// [tag: explain_route]
void explain_route(const Machine& machine, const IpAddress& destination) {
  const auto lookup = tunnel::look_up_route(machine.rules, machine.routes, destination);
  for (const tunnel::RuleStep& step : lookup.steps) {
    if (step.candidates.empty() && step.rule.table == default_table)
      continue;  // hardly anybody uses it
    fmt::print("rule {}: {}\n", step.rule.priority, table_name(step));
    if (step.candidates.empty()) fmt::print("    no route contains the address\n");
    for (const tunnel::Candidate& candidate : step.candidates) {
      fmt::print("    {:<44} {}\n",
                 to_string(candidate.route, machine.name_of(candidate.route.interface)),
                 in_words(candidate.verdict));
    }
  }
  fmt::print("A packet to {} {}.\n", to_string(destination), outcome(machine, lookup));
}
// [end: explain_route]

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{"Show the doors of this machine, and through which of them a packet leaves"};
  std::string address;
  auto* route =
      app.add_option("--route", address, "explain the way of a packet to this IP address");

  return cli::run_program(app, argc, argv, [&] {
    if (route->count() == 0) return print_interfaces({});
    const auto destination = IpAddress::parse(address);
    if (!destination) {
      throw std::invalid_argument(
          fmt::format("--route: expected an IPv4 or IPv6 address, found \"{}\"", address));
    }
    explain_route({}, *destination);
  });
}
