#include "shell/gateway_plan.hpp"
#include "shell/interface_plan.hpp"
#include "shell/kill_switch.hpp"
#include "shell/name_server_plan.hpp"
#include "shell/nat_plan.hpp"
#include "shell/route_plan.hpp"
#include "support/catch.hpp"

using namespace culvert;
using namespace culvert::shell;

namespace {

using Lines = std::vector<std::string>;

Lines applied(const Plan& plan) {
  Lines lines;
  for (const Change& change : plan) lines.push_back(to_shell(change.apply));
  return lines;
}

/// "-": nothing to undo.
Lines undone(const Plan& plan) {
  Lines lines;
  for (const Change& change : plan) lines.push_back(change.undo ? to_shell(*change.undo) : "-");
  return lines;
}

const InterfaceGoal goal{
    {*InterfaceAddress::parse("10.0.0.2/24"), *InterfaceAddress::parse("fd00:10::2/64")}, 1468};
const IpAddress server_v4 = *IpAddress::parse("198.51.100.2");
const IpAddress server_v6 = *IpAddress::parse("2001:db8:198::2");

}  // namespace

TEST_CASE("a new interface gets its addresses, its MTU, and goes away by itself", "[shell]") {
  const Plan plan = interface_plan({.name = "myvpn", .now = {}}, goal);
  CHECK(applied(plan) == Lines{"ip addr add 10.0.0.2/24 dev myvpn",
                               "ip addr add fd00:10::2/64 dev myvpn nodad",
                               "ip link set myvpn mtu 1468 up"});
  CHECK(undone(plan) == Lines{"-", "-", "-"});
}

TEST_CASE("an interface made to last is left as it was found", "[shell]") {
  const InterfaceFacts facts{
      .name = "myvpn",
      .now = {.up = false, .mtu = 1500, .addresses = {*InterfaceAddress::parse("10.0.0.2/24")}},
      .outlives_us = true};
  const Plan plan = interface_plan(facts, goal);
  CHECK(applied(plan) ==
        Lines{"ip addr add fd00:10::2/64 dev myvpn nodad", "ip link set myvpn mtu 1468 up"});
  CHECK(undone(plan) ==
        Lines{"ip addr del fd00:10::2/64 dev myvpn", "ip link set myvpn mtu 1500 down"});
}

TEST_CASE("an interface without IPv6 gets no IPv6 address", "[shell]") {
  const Plan plan = interface_plan({.name = "myvpn", .now = {}, .has_ipv6 = false}, goal);
  CHECK(applied(plan) ==
        Lines{"ip addr add 10.0.0.2/24 dev myvpn", "ip link set myvpn mtu 1468 up"});
}

TEST_CASE("everything goes into the tunnel, but what goes to the server", "[shell]") {
  const Plan plan = route_plan({.server = server_v4,
                                .way_to_server = {"eth0", *IpAddress::parse("192.0.2.1")},
                                .tunnel = "myvpn"});
  CHECK(applied(plan) == Lines{"ip route add 198.51.100.2/32 via 192.0.2.1 dev eth0",
                               "ip route add 0.0.0.0/1 dev myvpn",
                               "ip route add 128.0.0.0/1 dev myvpn", "ip route add ::/1 dev myvpn",
                               "ip route add 8000::/1 dev myvpn"});
  CHECK(undone(plan) ==
        Lines{"ip route del 198.51.100.2/32 via 192.0.2.1 dev eth0", "-", "-", "-", "-"});
}

TEST_CASE("the server comes before the halves: there is no moment in which the tunnel loops",
          "[shell]") {
  const Plan plan = route_plan({.server = server_v6,
                                .way_to_server = {"eth0", *IpAddress::parse("2001:db8:192::1")},
                                .tunnel = "myvpn"});
  CHECK(applied(plan).front() == "ip route add 2001:db8:198::2/128 via 2001:db8:192::1 dev eth0");
}

TEST_CASE("a server on our own link is exempt without a gateway", "[shell]") {
  const Plan plan = route_plan({.server = server_v4,
                                .way_to_server = {"eth0", std::nullopt},
                                .tunnel = "myvpn",
                                .ipv6 = Ipv6Fate::absent});
  CHECK(applied(plan) == Lines{"ip route add 198.51.100.2/32 dev eth0",
                               "ip route add 0.0.0.0/1 dev myvpn",
                               "ip route add 128.0.0.0/1 dev myvpn"});
}

TEST_CASE("IPv6 that cannot go through the tunnel does not go beside it", "[shell]") {
  const Plan plan = route_plan({.server = server_v4,
                                .way_to_server = {"eth0", std::nullopt},
                                .tunnel = "myvpn",
                                .ipv6 = Ipv6Fate::refused});
  REQUIRE(plan.size() == 5);
  CHECK(applied(plan)[3] == "ip route add unreachable ::/1");
  CHECK(applied(plan)[4] == "ip route add unreachable 8000::/1");
  CHECK(undone(plan)[4] == "ip route del unreachable 8000::/1");
}

TEST_CASE("a server that has a route of its own keeps it", "[shell]") {
  const Plan plan = route_plan({.server = server_v4,
                                .way_to_server = {"eth0", std::nullopt},
                                .server_has_route = true,
                                .tunnel = "myvpn"});
  CHECK(applied(plan).front() == "ip route add 0.0.0.0/1 dev myvpn");
}

TEST_CASE("routes into an interface made to last are taken back one by one", "[shell]") {
  const Plan plan = route_plan({.server = server_v4,
                                .way_to_server = {"eth0", std::nullopt},
                                .tunnel = "myvpn",
                                .tunnel_outlives_us = true});
  CHECK(undone(plan).back() == "ip route del 8000::/1 dev myvpn");
}

TEST_CASE("a gateway forwards, masquerades what is inside, and sets the switches back", "[shell]") {
  const GatewayFacts facts{
      "myvpn", {*Prefix::parse("10.0.0.0/24"), *Prefix::parse("fd00:10::/64")}, "0", "0"};
  const Plan plan = gateway_plan(facts);
  REQUIRE(plan.size() == 3);
  CHECK(applied(plan)[0] == "sysctl -w net.ipv4.ip_forward=1");
  CHECK(applied(plan)[1] == "sysctl -w net.ipv6.conf.all.forwarding=1");
  CHECK(undone(plan) == Lines{"sysctl -w net.ipv4.ip_forward=0",
                              "sysctl -w net.ipv6.conf.all.forwarding=0",
                              "nft delete table inet culvert_gateway"});
  const std::string& table = plan[2].apply.input;
  CHECK_THAT(table, Catch::Contains(R"(ip saddr 10.0.0.0/24 oifname != "myvpn" masquerade)"));
  CHECK_THAT(table, Catch::Contains(R"(ip6 saddr fd00:10::/64 oifname != "myvpn" masquerade)"));
  CHECK_THAT(table, Catch::Contains("tcp option maxseg size set rt mtu"));
}

TEST_CASE("a machine that forwards already goes on doing so", "[shell]") {
  const Plan plan = gateway_plan({"myvpn", {*Prefix::parse("10.0.0.0/24")}, "1", "1"});
  CHECK(undone(plan) == Lines{"nft delete table inet culvert_gateway"});
}

TEST_CASE("a gateway without IPv6 does not mention it", "[shell]") {
  const Plan plan = gateway_plan(
      {"myvpn", {*Prefix::parse("10.0.0.0/24"), *Prefix::parse("fd00:10::/64")}, "0", ""});
  REQUIRE(plan.size() == 2);
  CHECK_THAT(plan[1].apply.input, !Catch::Contains("ip6"));
}

TEST_CASE("the kill switch drops by policy and names the tunnel and the server as exceptions",
          "[shell]") {
  const Command v4 = set_kill_switch("myvpn", {server_v4, 5000});
  CHECK(v4.words == Lines{"nft", "-f", "-"});
  CHECK_THAT(v4.input, Catch::Contains("hook output priority filter; policy drop;"));
  CHECK_THAT(v4.input, Catch::Contains(R"(oifname { "lo", "myvpn" } accept)"));
  CHECK_THAT(v4.input, Catch::Contains("ip daddr 198.51.100.2 udp dport 5000 accept"));
  const Command v6 = set_kill_switch("myvpn", {server_v6, 5000});
  CHECK_THAT(v6.input, Catch::Contains("ip6 daddr 2001:db8:198::2 udp dport 5000 accept"));
}

TEST_CASE("the kill switch replaces an older one in the same step", "[shell]") {
  const std::string remove = remove_kill_switch().input;
  CHECK(set_kill_switch("myvpn", {server_v4, 5000}).input.starts_with(remove));
}

TEST_CASE("the name server is written into the file that is there, and the old text put back",
          "[shell]") {
  const std::string before = "# by hand\nsearch example\nnameserver 192.0.2.1\n";
  const Plan plan = name_server_plan(*IpAddress::parse("10.0.0.1"), before);
  REQUIRE(plan.size() == 1);
  CHECK(plan[0].apply == Command{{"tee", "/etc/resolv.conf"}, "nameserver 10.0.0.1\n"});
  CHECK(plan[0].undo == Command{{"tee", "/etc/resolv.conf"}, before});
}

TEST_CASE("a machine without resolv.conf is without it again", "[shell]") {
  const Plan plan = name_server_plan(*IpAddress::parse("fd00:10::1"), std::nullopt);
  CHECK(undone(plan) == Lines{"rm -f /etc/resolv.conf"});
}

TEST_CASE("a NAT's device gets what comes from inside and what goes to the outside address",
          "[shell]") {
  const NatFacts facts{.tunnel = "myvpn",
                       .uplink = "eth0",
                       .own_address = *IpAddress::parse("192.0.2.2"),
                       .inside = *Prefix::parse("10.0.0.0/24"),
                       .outside = *Ipv4Address::parse("192.0.2.200")};
  const Plan plan = nat_plan(facts);
  CHECK(applied(plan) ==
        Lines{"sysctl -w net.ipv4.ip_forward=1", "sysctl -w net.ipv4.conf.myvpn.accept_local=1",
              "ip route add default dev myvpn table 400", "ip rule add from 10.0.0.0/24 lookup 400",
              "ip route add 192.0.2.200/32 dev myvpn src 192.0.2.2",
              "ip neigh add proxy 192.0.2.200 dev eth0"});
  CHECK(undone(plan) == Lines{"sysctl -w net.ipv4.ip_forward=0", "-", "-",
                              "ip rule del from 10.0.0.0/24 lookup 400", "-",
                              "ip neigh del proxy 192.0.2.200 dev eth0"});
}

TEST_CASE("a NAT's routes are undone if its device stays, and forwarding if it was off",
          "[shell]") {
  const Plan plan = nat_plan({.tunnel = "myvpn",
                              .tunnel_outlives_us = true,
                              .uplink = "eth0",
                              .own_address = *IpAddress::parse("192.0.2.2"),
                              .inside = *Prefix::parse("10.0.0.0/24"),
                              .outside = *Ipv4Address::parse("192.0.2.200"),
                              .forwards_v4 = "1"});
  CHECK(undone(plan) == Lines{"sysctl -w net.ipv4.conf.myvpn.accept_local=0",
                              "ip route del default dev myvpn table 400",
                              "ip rule del from 10.0.0.0/24 lookup 400",
                              "ip route del 192.0.2.200/32 dev myvpn src 192.0.2.2",
                              "ip neigh del proxy 192.0.2.200 dev eth0"});
}
