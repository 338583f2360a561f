// Route and RoutingRule: how the kernel's tables say which way a packet goes (ip-route(8), ip-rule(8)).
// Plain values: io/netlink reads them from the kernel, tunnel/route_lookup decides with them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/ip_address.hpp"
#include "base/prefix.hpp"

namespace culvert {

/// Routing tables are numbers; these three have names everywhere.
constexpr std::uint32_t local_table = 255;
constexpr std::uint32_t main_table = 254;
constexpr std::uint32_t default_table = 253;

enum class RouteType {
  unicast,    // on to a gateway or a neighbour
  local,      // this machine itself
  broadcast,  // everybody on the link
  anycast,    // this machine, as one of many
  multicast,
  blackhole,    // dropped without a word
  unreachable,  // dropped, and the sender is told
  prohibit,     // the same with another reason
  throw_back,   // `throw`: this table gives up, the next rule is asked
  other
};

/// One way of one routing table. A route with several next hops is several of these.
struct Route {
  Prefix destination;
  RouteType type = RouteType::unicast;
  std::uint32_t table = main_table;
  std::uint32_t metric = 0;     // the smaller wins among equal prefixes
  std::uint32_t interface = 0;  // its index; 0: none, as for a blackhole
  std::optional<IpAddress> gateway = std::nullopt;
  std::optional<IpAddress> preferred_source = std::nullopt;
  std::uint8_t scope = 0;     // 0 universe, 253 link, 254 host
  std::uint8_t protocol = 0;  // who made it: 2 the kernel, 3 at boot, 4 an administrator, ...
  bool dead = false;          // its interface cannot be used

  bool operator==(const Route&) const = default;
};

/// In the words of `ip route`: "default via 192.0.2.1 dev eth0 metric 100". `interface` is the name that belongs to
/// the route's index.
std::string to_string(const Route& route, std::string_view interface);

enum class RuleAction { look_in_table, blackhole, unreachable, prohibit, other };

/// Which table is asked, and when. Rules are asked by rising priority until a table has an answer.
struct RoutingRule {
  std::uint32_t priority = 0;
  bool is_v6 = false;
  RuleAction action = RuleAction::look_in_table;
  std::uint32_t table = main_table;
  std::optional<Prefix> destination;
  std::uint32_t mark = 0;  // the packet's firewall mark must equal this in the bits of mark_mask
  std::uint32_t mark_mask = 0;
  bool other_condition =
      false;              // asks for a source, an input interface, a user: more than a destination
  bool inverted = false;  // `not`: applies where its conditions do not hold
  std::optional<unsigned>
      suppress_up_to;  // a route with a prefix this short or shorter is no answer

  bool operator==(const RoutingRule&) const = default;
};

}  // namespace culvert
