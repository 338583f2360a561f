#include "tunnel/route_lookup.hpp"

#include <algorithm>

#include "tunnel/route_choice.hpp"

namespace culvert::tunnel {
namespace {

bool applies(const RoutingRule& rule, const IpAddress& destination) {
  const bool unmarked_fits = (rule.mark & rule.mark_mask) == 0;  // our packet bears mark 0
  const bool fits = unmarked_fits && !rule.other_condition &&
                    (!rule.destination || rule.destination->contains(destination));
  return fits != rule.inverted;
}

/// The rules of a fresh machine: local, main, default, without any condition.
bool are_untouched(std::span<const RoutingRule> rules) {
  constexpr std::array<std::uint32_t, 3> tables{local_table, main_table, default_table};
  return std::equal(rules.begin(), rules.end(), tables.begin(), tables.end(),
                    [](const RoutingRule& rule, std::uint32_t table) {
                      RoutingRule plain;
                      plain.priority = rule.priority;
                      plain.table = table;
                      return rule == plain;
                    });
}

/// The rules that apply to the packet, with the two that IPv4 asks as one folded into one.
std::vector<RuleStep> rules_for(std::span<const RoutingRule> all, const IpAddress& destination) {
  std::vector<RoutingRule> rules;
  std::copy_if(all.begin(), all.end(), std::back_inserter(rules),
               [&](const RoutingRule& rule) { return rule.is_v6 == destination.is_v6(); });
  const bool merged = destination.is_v4() && are_untouched(rules);

  std::vector<RuleStep> steps;
  for (const RoutingRule& rule : rules) {
    if (merged && rule.table == local_table) continue;  // asked together with main
    if (applies(rule, destination)) {
      steps.push_back({rule, merged && rule.table == main_table, {}});
    }
  }
  return steps;
}

/// The routes that this rule looks through; those of local stand first, for they win a tie.
std::vector<Route> table_of(const RuleStep& step, std::span<const Route> routes) {
  std::vector<Route> table;
  const auto take = [&](std::uint32_t number) {
    std::copy_if(routes.begin(), routes.end(), std::back_inserter(table),
                 [&](const Route& route) { return route.table == number; });
  };
  if (step.local_and_main) take(local_table);
  if (step.rule.action == RuleAction::look_in_table) take(step.rule.table);
  return table;
}

Verdict verdict_on_choice(const RoutingRule& rule, const Route& choice) {
  if (choice.type == RouteType::throw_back) return Verdict::thrown_back;
  if (rule.suppress_up_to && choice.destination.length() <= *rule.suppress_up_to) {
    return Verdict::suppressed;
  }
  return Verdict::wins;
}

Verdict verdict_on_loser(const Route& route, const Route* choice) {
  if (route.dead) return Verdict::dead;
  if (choice == nullptr) return Verdict::overlooked;
  const auto length = route.destination.length();
  const auto winning_length = choice->destination.length();
  if (length != winning_length) {
    return length < winning_length ? Verdict::shorter_prefix : Verdict::overlooked;
  }
  if (route.metric == choice->metric) return Verdict::listed_later;
  return route.metric > choice->metric ? Verdict::higher_metric : Verdict::overlooked;
}

bool refuses(RuleAction action) {
  return action == RuleAction::blackhole || action == RuleAction::unreachable ||
         action == RuleAction::prohibit;
}

}  // namespace

RouteLookup look_up_route(std::span<const RoutingRule> rules, std::span<const Route> routes,
                          const IpAddress& destination) {
  RouteLookup lookup{rules_for(rules, destination), std::nullopt, std::nullopt};
  for (RuleStep& step : lookup.steps) {
    const bool answered = lookup.winner || lookup.refused_by_rule;
    if (!answered && refuses(step.rule.action)) lookup.refused_by_rule = step.rule.action;

    const std::vector<Route> table = table_of(step, routes);
    const Route* const choice = choose_route(table, destination);
    for (const Route& route : table) {
      if (!route.destination.contains(destination)) continue;
      Verdict verdict = Verdict::not_asked;
      if (!answered) {
        verdict = &route == choice ? verdict_on_choice(step.rule, route)
                                   : verdict_on_loser(route, choice);
      }
      if (verdict == Verdict::wins) lookup.winner = route;
      step.candidates.push_back({route, verdict});
    }
  }
  return lookup;
}

std::string_view in_words(Verdict verdict) {
  switch (verdict) {
    case Verdict::wins:
      return "wins";
    case Verdict::shorter_prefix:
      return "loses: shorter prefix";
    case Verdict::higher_metric:
      return "loses: higher metric";
    case Verdict::listed_later:
      return "loses: equal, but listed later";
    case Verdict::overlooked:
      return "loses, though it is better: choose_route() is wrong";
    case Verdict::dead:
      return "does not count: its interface is dead";
    case Verdict::thrown_back:
      return "chosen, but throws: ask the next rule";
    case Verdict::suppressed:
      return "chosen, but the rule wants a longer prefix";
    case Verdict::not_asked:
      return "not asked: an earlier rule had the answer";
  }
  return "?";
}

}  // namespace culvert::tunnel
