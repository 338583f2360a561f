// What a plan for "everything through the tunnel" must hold, and what leaks or loops when it does not.
#include "shell/route_plan.hpp"

#include <algorithm>

#include "support/exercise/exercise.hpp"

using namespace culvert;
using namespace culvert::exercise;
using namespace culvert::shell;

namespace {

using Lines = Attempt::Lines;

/// Each change as its command, and how it is undone behind it.
Lines lines_of(const Plan& plan) {
  Lines out;
  for (const Change& change : plan) {
    out.push_back(to_shell(change.apply) +
                  (change.undo ? "   # undo: " + to_shell(*change.undo) : ""));
  }
  return out;
}

std::string line(const std::string& where, bool undo) {
  return "ip route add " + where + (undo ? "   # undo: ip route del " + where : "");
}

struct Expected {
  Lines exemption;
  Lines v4;
  Lines v6;
  Lines all() const {
    Lines out = exemption;
    out.insert(out.end(), v4.begin(), v4.end());
    out.insert(out.end(), v6.begin(), v6.end());
    return out;
  }
};

Expected expected_for(const RouteFacts& facts) {
  Expected out;
  const bool undo = facts.tunnel_outlives_us;
  if (!facts.server_has_route) {
    const std::string via =
        facts.way_to_server.gateway ? " via " + to_string(*facts.way_to_server.gateway) : "";
    out.exemption = {line(to_string(facts.server) + (facts.server.is_v4() ? "/32" : "/128") + via +
                              " dev " + facts.way_to_server.device,
                          true)};
  }
  for (const std::string half : {"0.0.0.0/1", "128.0.0.0/1"})
    out.v4.push_back(line(half + " dev " + facts.tunnel, undo));
  for (const std::string half : {"::/1", "8000::/1"}) {
    if (facts.ipv6 == Ipv6Fate::through_tunnel)
      out.v6.push_back(line(half + " dev " + facts.tunnel, undo));
    if (facts.ipv6 == Ipv6Fate::refused) out.v6.push_back(line("unreachable " + half, true));
  }
  return out;
}

Lines joined(const Lines& a, const Lines& b, const Lines& c = {}) {
  return Expected{a, b, c}.all();
}

Lines without_undo(Lines lines) {
  for (std::string& each : lines) each = each.substr(0, each.find("   # undo"));
  return lines;
}

Lines replaced(Lines lines, const std::string& from, const std::string& to) {
  for (std::string& each : lines) {
    for (std::size_t at = each.find(from); at != std::string::npos;
         at = each.find(from, at + to.size()))
      each.replace(at, from.size(), to);
  }
  return lines;
}

void check(Attempt& attempt, const RouteFacts& facts) {
  const Expected right = expected_for(facts);
  const std::string via = facts.way_to_server.gateway
                              ? " via " + to_string(*facts.way_to_server.gateway)
                              : " (no gateway)";
  attempt.step(fmt::format("server {}{} dev {}; tunnel {}", to_string(facts.server), via,
                           facts.way_to_server.device, facts.tunnel));
  attempt.step(facts.server_has_route ? "the server has a route of its own already"
                                      : "the server has no route of its own");
  attempt.step(facts.ipv6 == Ipv6Fate::through_tunnel ? "IPv6 goes through the tunnel"
               : facts.ipv6 == Ipv6Fate::refused
                   ? "IPv6 may not go through the tunnel, and the machine has it: it is refused"
                   : "the machine has no IPv6");
  if (facts.tunnel_outlives_us) attempt.step("the tunnel's interface stays when we go");

  const Lines whole{line("0.0.0.0/0 dev " + facts.tunnel, facts.tunnel_outlives_us)};
  const Lines word{line("default dev " + facts.tunnel, facts.tunnel_outlives_us)};
  attempt.expect_lines(
      "the plan", lines_of(route_plan(facts)), right.all(),
      {{"nothing is planned yet", {}},
       {"the server is not exempt: the tunnel's own datagrams go into the tunnel, a loop",
        joined({}, right.v4, right.v6)},
       {"the server is exempt too late: for a moment the tunnel loops",
        joined(right.v4, right.v6, right.exemption)},
       {"the default route is fought for, and two halves would win by their length",
        joined(right.exemption, whole, right.v6)},
       {"the default route is fought for, and two halves would win by their length",
        joined(right.exemption, word, right.v6)},
       {facts.ipv6 == Ipv6Fate::refused
            ? "refused IPv6 needs an unreachable route: no route at all lets the old default have "
              "it"
            : "IPv6 is forgotten: it goes on beside the tunnel, in clear",
        joined(right.exemption, right.v4)},
       {"the server's exemption misses its gateway",
        joined(without_undo({}), replaced(right.exemption, via, ""), joined(right.v4, right.v6))},
       {"the server's prefix is too short: its neighbours stay outside the tunnel",
        replaced(replaced(right.all(), "/32", "/24"), "/128", "/64")},
       {"a route that the machine has already is added again", joined(expected_for([&] {
                                                                        RouteFacts other = facts;
                                                                        other.server_has_route =
                                                                            false;
                                                                        return other;
                                                                      }())
                                                                          .exemption,
                                                                      right.v4, right.v6)},
       {"what stays behind is not undone", without_undo(right.all())}});
}

RouteFacts facts(test::SeededRandom& random) {
  RouteFacts out;
  out.server = random.ipv4();
  out.way_to_server = {fmt::format("eth{}", random.below(10)), IpAddress{random.ipv4()}};
  out.tunnel = fmt::format("vpn{}", random.below(100));
  return out;
}

void everything(Attempt& attempt) { check(attempt, facts(attempt.random())); }
void neighbour(Attempt& attempt) {
  RouteFacts on_link = facts(attempt.random());
  on_link.way_to_server.gateway.reset();
  check(attempt, on_link);
}
void over_ipv6(Attempt& attempt) {
  RouteFacts v6 = facts(attempt.random());
  v6.server = attempt.random().ipv6();
  v6.way_to_server.gateway = attempt.random().ipv6();
  check(attempt, v6);
}
void refused(Attempt& attempt) {
  RouteFacts no_v6 = facts(attempt.random());
  no_v6.ipv6 = Ipv6Fate::refused;
  check(attempt, no_v6);
}
void absent(Attempt& attempt) {
  RouteFacts v4_only = facts(attempt.random());
  v4_only.ipv6 = Ipv6Fate::absent;
  check(attempt, v4_only);
}
void has_route(Attempt& attempt) {
  RouteFacts there = facts(attempt.random());
  there.server_has_route = true;
  check(attempt, there);
}
void undone(Attempt& attempt) {
  RouteFacts stays = facts(attempt.random());
  stays.tunnel_outlives_us = true;
  check(attempt, stays);
}

}  // namespace

int main(int argc, char** argv) {
  return run_exercise(
      {"06",
       "route-plan",
       {{"two halves carry everything, and the server is exempt first",
         "RFC 1812, section 5.2.4.3 (the longest prefix wins)", everything},
        {"a server on the link itself has no gateway", "ip-route(8)", neighbour},
        {"a server with an IPv6 address is exempt by its /128", "RFC 4291, section 2.3", over_ipv6},
        {"IPv6 that may not enter the tunnel is refused, not left alone",
         "route_plan.hpp: Ipv6Fate; ip-route(8), unreachable", refused},
        {"a machine without IPv6 gets no IPv6 routes", "route_plan.hpp: Ipv6Fate", absent},
        {"a route that is there already is left alone", "route_plan.hpp: RouteFacts", has_route},
        {"what would outlive us is undone", "change.hpp", undone}}},
      argc, argv);
}
