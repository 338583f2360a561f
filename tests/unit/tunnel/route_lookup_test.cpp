#include "tunnel/route_lookup.hpp"

#include "support/catch.hpp"

using namespace culvert;
using namespace culvert::tunnel;

namespace {

IpAddress ip(const char* text) { return IpAddress::parse(text).value(); }

Route route(const char* prefix, std::uint32_t table = main_table) {
  Route result{Prefix::parse(prefix).value()};
  result.table = table;
  return result;
}

RoutingRule rule(std::uint32_t priority, std::uint32_t table, bool is_v6 = false) {
  RoutingRule result;
  result.priority = priority;
  result.table = table;
  result.is_v6 = is_v6;
  return result;
}

const std::vector<RoutingRule> fresh_machine{rule(0, local_table), rule(32766, main_table),
                                             rule(32767, default_table), rule(0, local_table, true),
                                             rule(32766, main_table, true)};

std::vector<RoutingRule> with(const RoutingRule& extra) {
  std::vector<RoutingRule> rules = fresh_machine;
  rules.insert(rules.begin() + 1, extra);
  return rules;
}

}  // namespace

TEST_CASE("table local is asked before main", "[tunnel][route]") {
  const std::vector<Route> routes{route("2001:db8::/64", main_table),
                                  route("2001:db8::1/128", local_table),
                                  route("2001:db8::/48", local_table)};
  CHECK(look_up_route(fresh_machine, routes, ip("2001:db8::1")).winner == routes[1]);
  // The shorter prefix in local hides the longer one in main.
  CHECK(look_up_route(fresh_machine, routes, ip("2001:db8::2")).winner == routes[2]);
}

TEST_CASE("IPv4 asks local and main as one table until somebody adds a rule", "[tunnel][route]") {
  const std::vector<Route> routes{route("10.9.0.0/16", local_table),
                                  route("10.9.1.0/24", main_table)};
  CHECK(look_up_route(fresh_machine, routes, ip("10.9.1.1")).winner == routes[1]);

  RoutingRule elsewhere = rule(100, 7);
  elsewhere.destination = Prefix::parse("192.0.2.0/24");
  CHECK(look_up_route(with(elsewhere), routes, ip("10.9.1.1")).winner == routes[0]);
}

TEST_CASE("a rule applies only to its own destinations", "[tunnel][route]") {
  RoutingRule special = rule(100, 7);
  special.destination = Prefix::parse("192.0.2.0/24");
  const std::vector<Route> routes{route("0.0.0.0/0"), route("0.0.0.0/0", 7)};
  CHECK(look_up_route(with(special), routes, ip("192.0.2.1")).winner == routes[1]);
  CHECK(look_up_route(with(special), routes, ip("192.0.3.1")).winner == routes[0]);

  special.inverted = true;
  CHECK(look_up_route(with(special), routes, ip("192.0.2.1")).winner == routes[0]);
  CHECK(look_up_route(with(special), routes, ip("192.0.3.1")).winner == routes[1]);
}

// `ip rule add not fwmark 51820 table 51820` and `ip rule add table main suppress_prefixlength 0`.
TEST_CASE("the rules of wg-quick send all into the tunnel but what main knows better",
          "[tunnel][route]") {
  RoutingRule main_without_default = rule(32764, main_table);
  main_without_default.suppress_up_to = 0;
  RoutingRule unmarked = rule(32765, 51820);
  unmarked.mark = 51820;
  unmarked.mark_mask = 0xffffffff;
  unmarked.inverted = true;
  auto rules = with(unmarked);
  rules.insert(rules.begin() + 1, main_without_default);
  const std::vector<Route> routes{route("0.0.0.0/0"), route("192.0.2.0/24"),
                                  route("0.0.0.0/0", 51820)};

  const auto far = look_up_route(rules, routes, ip("198.51.100.2"));
  CHECK(far.winner == routes[2]);
  CHECK(far.steps[1].candidates[0].verdict == Verdict::suppressed);
  CHECK(look_up_route(rules, routes, ip("192.0.2.1")).winner == routes[1]);
}

TEST_CASE("a rule with a condition that a destination alone does not meet is passed over",
          "[tunnel][route]") {
  RoutingRule from_somewhere = rule(100, 7);
  from_somewhere.other_condition = true;
  const std::vector<Route> routes{route("0.0.0.0/0"), route("0.0.0.0/0", 7)};
  CHECK(look_up_route(with(from_somewhere), routes, ip("192.0.2.1")).winner == routes[0]);
}

TEST_CASE("a throw route sends the packet to the next rule", "[tunnel][route]") {
  std::vector<Route> routes{route("192.0.2.0/24", 7), route("0.0.0.0/0", 7), route("0.0.0.0/0")};
  routes[0].type = RouteType::throw_back;
  const auto lookup = look_up_route(with(rule(100, 7)), routes, ip("192.0.2.1"));
  CHECK(lookup.winner == routes[2]);
  CHECK(lookup.steps[1].candidates[0].verdict == Verdict::thrown_back);
  CHECK(lookup.steps[1].candidates[1].verdict == Verdict::shorter_prefix);
}

TEST_CASE("a rule can refuse by itself", "[tunnel][route]") {
  RoutingRule refusing = rule(100, 0);
  refusing.action = RuleAction::unreachable;
  const std::vector<Route> routes{route("0.0.0.0/0")};
  const auto lookup = look_up_route(with(refusing), routes, ip("192.0.2.1"));
  CHECK_FALSE(lookup.winner);
  CHECK(lookup.refused_by_rule == RuleAction::unreachable);
  CHECK(lookup.steps[2].candidates[0].verdict == Verdict::not_asked);
}

TEST_CASE("every candidate is told why it lost", "[tunnel][route]") {
  std::vector<Route> routes{route("10.0.0.0/8"),
                            route("10.0.0.0/8"),
                            route("10.0.0.0/8"),
                            route("10.0.0.0/24"),
                            route("0.0.0.0/0"),
                            route("192.0.2.0/24"),
                            route("0.0.0.0/0", default_table)};
  routes[1].metric = 7;
  routes[3].dead = true;
  const auto lookup = look_up_route(fresh_machine, routes, ip("10.0.0.1"));
  REQUIRE(lookup.steps.size() == 2);
  std::vector<Verdict> verdicts;
  for (const auto& step : lookup.steps) {
    for (const Candidate& candidate : step.candidates) verdicts.push_back(candidate.verdict);
  }
  CHECK(verdicts == std::vector{Verdict::wins, Verdict::higher_metric, Verdict::listed_later,
                                Verdict::dead, Verdict::shorter_prefix, Verdict::not_asked});
}

TEST_CASE("without a matching route there is no winner", "[tunnel][route]") {
  const std::vector<Route> routes{route("10.0.0.0/8")};
  CHECK_FALSE(look_up_route(fresh_machine, routes, ip("11.0.0.1")).winner);
}
