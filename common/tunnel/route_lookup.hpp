// The kernel's whole way to a route: rules name tables, each table chooses (route_choice.hpp), the first answer counts.
// It keeps every candidate and says why it lost, which is what `ip route get` does not tell.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/route.hpp"

namespace culvert::tunnel {

enum class Verdict {
  wins,
  shorter_prefix,
  higher_metric,
  listed_later,  // equal in both: the first of the table wins
  overlooked,    // it is better than the choice: choose_route() is wrong
  dead,
  thrown_back,  // the table's choice, but it says: ask the next rule
  suppressed,   // the table's choice, but the rule wants none with so short a prefix
  not_asked     // an earlier rule had the answer
};

std::string_view in_words(Verdict verdict);

struct Candidate {
  Route route;
  Verdict verdict;
};

/// One rule that applies to the packet, and the routes of its table that contain the destination.
struct RuleStep {
  RoutingRule rule;
  bool local_and_main = false;  // asked as one table, see look_up_route()
  std::vector<Candidate> candidates;
};

struct RouteLookup {
  std::vector<RuleStep> steps;
  std::optional<Route> winner;  // of type blackhole, unreachable, prohibit: the packet ends here
  std::optional<RuleAction> refused_by_rule;  // a rule, not a route, ended the packet's way
};

/// Which way an unmarked packet of this machine's own takes. `rules` in the order of their priority; rules and routes
/// of the other family are passed over.
///
/// IPv4 has a habit that no manual mentions: as long as nobody has touched the rules, tables local and main are
/// one, so that a longer prefix in main beats a shorter one in local. Here that is so if the rules are the three that
/// every machine starts with; a rule that was added and deleted again leaves no trace to see it by.
RouteLookup look_up_route(std::span<const RoutingRule> rules, std::span<const Route> routes,
                          const IpAddress& destination);

}  // namespace culvert::tunnel
