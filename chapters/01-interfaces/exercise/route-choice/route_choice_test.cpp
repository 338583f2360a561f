// What a choice of routes must do, and the rules that people take for it.
#include "tunnel/route_choice.hpp"

#include <algorithm>

#include "support/exercise/exercise.hpp"

using namespace culvert;
using namespace culvert::exercise;

namespace {

using Table = std::vector<Route>;
using Better = bool (*)(const Route&, const Route&);

Route route(const Prefix& prefix, std::uint32_t metric = 0) {
  Route out{prefix};
  out.metric = metric;
  return out;
}

std::string words(const Table& table, const Route* chosen) {
  if (chosen == nullptr) return "no route";
  const auto number = static_cast<std::size_t>(chosen - table.data());
  if (number >= table.size()) return "a route that is not in the table";
  return fmt::format("route {}: {} metric {}{}", number + 1, to_string(chosen->destination),
                     chosen->metric, chosen->dead ? " (dead)" : "");
}

bool longer(const Route& a, const Route& b) {
  return a.destination.length() > b.destination.length();
}
bool shorter(const Route& a, const Route& b) { return longer(b, a); }
bool cheaper(const Route& a, const Route& b) { return a.metric < b.metric; }
bool right(const Route& a, const Route& b) {
  return a.destination.length() == b.destination.length() ? cheaper(a, b) : longer(a, b);
}
bool right_or_equal(const Route& a, const Route& b) { return !right(b, a); }
bool metric_first(const Route& a, const Route& b) {
  return a.metric == b.metric ? longer(a, b) : cheaper(a, b);
}
bool dearer(const Route& a, const Route& b) {
  return a.destination.length() == b.destination.length() ? cheaper(b, a) : longer(a, b);
}
bool never(const Route&, const Route&) { return false; }

/// The choice under another rule.
std::string choice(const Table& table, const IpAddress& to, Better better, bool dead_too = false,
                   bool any_prefix = false) {
  const Route* best = nullptr;
  for (const Route& candidate : table) {
    if (candidate.dead && !dead_too) continue;
    if (!any_prefix && !candidate.destination.contains(to)) continue;
    if (best == nullptr || better(candidate, *best)) best = &candidate;
  }
  return words(table, best);
}

void check(Attempt& attempt, const Table& table, const IpAddress& to) {
  for (const Route& line : table) attempt.step(words(table, &line));
  attempt.step("a packet to " + to_string(to));
  attempt.expect(
      "the choice", words(table, tunnel::choose_route(table, to)), choice(table, to, right),
      {{"nothing is chosen, though a route contains the address", "no route"},

       {"the first route that contains the address wins, however short", choice(table, to, never)},
       {"the metric is asked before the prefix's length", choice(table, to, metric_first)},
       {"the shortest prefix wins, and it should be the longest", choice(table, to, shorter)},
       {"the metric is not asked at all", choice(table, to, longer)},
       {"the larger metric wins, and it is a cost: the smaller should", choice(table, to, dearer)},
       {"among equal routes the last wins, and it should be the first",
        choice(table, to, right_or_equal)},
       {"a dead route is chosen", choice(table, to, right, true)},
       {"a route is chosen that does not contain the address",
        choice(table, to, right, false, true)}});
}

Ipv4Address somebody(test::SeededRandom& random) {
  return Ipv4Address{10, random.number<std::uint8_t>(), random.number<std::uint8_t>(),
                     random.number<std::uint8_t>()};
}

/// Prefixes of different lengths that all contain the address, in any order.
Table nested(test::SeededRandom& random, const IpAddress& to) {
  Table table;
  for (unsigned length = random.below(6); length <= 32; length += 4 + random.below(6)) {
    table.push_back(route(Prefix{to, length}));
  }
  for (std::size_t i = table.size(); i > 1; --i) {
    std::swap(table[i - 1], table[random.below(static_cast<std::uint32_t>(i))]);
  }
  return table;
}

void the_longest(Attempt& attempt) {
  const Ipv4Address to = somebody(attempt.random());
  check(attempt, nested(attempt.random(), to), to);
}

void the_metric(Attempt& attempt) {
  auto& random = attempt.random();
  const Ipv4Address to = somebody(random);
  Table table;
  for (int i = 0; i < 4; ++i) table.push_back(route(Prefix{to, 16}, 100 + random.below(400)));
  table.push_back(route(Prefix{to, 8}, 1));
  check(attempt, table, to);
}

void the_first(Attempt& attempt) {
  const Ipv4Address to = somebody(attempt.random());
  check(attempt, {route(Prefix{to, 8}, 9), route(Prefix{to, 24}, 9), route(Prefix{to, 24}, 9)}, to);
}

void no_dead_one(Attempt& attempt) {
  const Ipv4Address to = somebody(attempt.random());
  Table table = nested(attempt.random(), to);
  std::max_element(table.begin(), table.end(), [](const Route& a, const Route& b) {
    return longer(b, a);
  })->dead = true;
  check(attempt, table, to);
}

void none(Attempt& attempt) {
  auto& random = attempt.random();
  const Ipv4Address to = somebody(random);
  Table table;
  for (unsigned length = 8; length <= 32; length += 8) {
    const std::uint32_t elsewhere = to.to_number() ^ (1u << (32 - length));
    table.push_back(route(Prefix{Ipv4Address{elsewhere}, length}));
  }
  check(attempt, table, to);
}

void each_family(Attempt& attempt) {
  auto& random = attempt.random();
  const Table table{route(Prefix{Ipv4Address{}, 0}), route(Prefix{Ipv6Address{}, 0})};
  check(attempt, table, random.coin() ? IpAddress{random.ipv4()} : IpAddress{random.ipv6()});
}

}  // namespace

int main(int argc, char** argv) {
  return run_exercise(
      {"01",
       "route-choice",
       {{"the longest prefix wins, wherever it stands in the table",
         "RFC 1812, section 5.2.4.3 (2)", the_longest},
        {"the smaller metric decides between equally long prefixes",
         "RFC 1812, section 5.2.4.3 (4); ip-route(8)", the_metric},
        {"among routes that are equal in both the first wins", "route_choice.hpp", the_first},
        {"a dead route does not count", "route.hpp: Route::dead", no_dead_one},
        {"an address in no prefix has no route", "RFC 1812, section 5.2.4.3 (1)", none},
        {"the default route of one family is none for the other", "RFC 4291, section 2",
         each_family}}},
      argc, argv);
}
