#include "shell/vpn_plan.hpp"

#include "support/catch.hpp"

using namespace culvert;
using namespace culvert::shell;
using control::ConfigFile;

namespace {

using Lines = std::vector<std::string>;

ConfigFile config(const std::string& interface, const std::string& allowed_ips) {
  const auto file = control::parse_config(
      "[Interface]\n" + interface +
      "[Peer]\nPublicKey = xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=\nAllowedIPs = " +
      allowed_ips + "\n");
  REQUIRE(file.has_value());
  return *file;
}

/// What is typed; "-" stands for nothing. Texts that are read from standard input are left out.
Lines applied(const Plan& plan) {
  Lines lines;
  for (const Change& change : plan)
    lines.push_back(change.apply.words.empty() ? "-" : to_shell({change.apply.words, {}}));
  return lines;
}

Lines undone(const Plan& plan) {
  Lines lines;
  for (const Change& change : plan)
    lines.push_back(change.undo ? to_shell({change.undo->words, {}}) : "-");
  return lines;
}

const VpnFacts facts{.interface = {.name = "myvpn", .now = {}}, .mark = 51820};

}  // namespace

TEST_CASE("a network of a peer gets a route, unless an address brings it", "[shell][vpn_plan]") {
  const Plan plan = vpn_plan(
      config("Address = 10.0.0.2/24\n", "10.0.0.0/24, 10.0.0.1/32, 10.9.0.0/16, fd00::/8"), facts);
  CHECK(applied(plan) == Lines{"ip addr add 10.0.0.2/24 dev myvpn", "ip link set myvpn mtu 1420 up",
                               "ip route add 10.9.0.0/16 dev myvpn",
                               "ip route add fd00::/8 dev myvpn"});
  CHECK(undone(plan) == Lines{"-", "-", "-", "-"});
}

TEST_CASE("all traffic gets a table of its own, for what does not carry our mark",
          "[shell][vpn_plan]") {
  const Plan plan = vpn_plan(config("Address = 10.0.0.2/24\n", "0.0.0.0/0, ::/0"), facts);
  CHECK(applied(plan) == Lines{"ip addr add 10.0.0.2/24 dev myvpn", "ip link set myvpn mtu 1420 up",
                               "ip route add 0.0.0.0/0 dev myvpn table 51820",
                               "ip -4 rule add not fwmark 51820 table 51820",
                               "ip -4 rule add table main suppress_prefixlength 0",
                               "ip route add ::/0 dev myvpn table 51820",
                               "ip -6 rule add not fwmark 51820 table 51820",
                               "ip -6 rule add table main suppress_prefixlength 0",
                               "sysctl -w net.ipv4.conf.all.src_valid_mark=1", "nft -f -"});
  CHECK(undone(plan) == Lines{"-", "-", "-", "ip -4 rule del not fwmark 51820 table 51820",
                              "ip -4 rule del table main suppress_prefixlength 0", "-",
                              "ip -6 rule del not fwmark 51820 table 51820",
                              "ip -6 rule del table main suppress_prefixlength 0",
                              "sysctl -w net.ipv4.conf.all.src_valid_mark=0",
                              "nft delete table inet culvert_myvpn"});
  CHECK_THAT(
      plan.back().apply.input,
      Catch::Contains("iifname != \"myvpn\" ip daddr 10.0.0.2 fib saddr type != local drop") &&
          Catch::Contains("mark 51820 ct mark set mark"));
}

TEST_CASE("a switch that is on already is not touched", "[shell][vpn_plan]") {
  VpnFacts on = facts;
  on.source_valid_mark = "1";
  for (const std::string& line : applied(vpn_plan(config("", "0.0.0.0/0"), on)))
    CHECK_THAT(line, !Catch::Contains("src_valid_mark"));
}

TEST_CASE("a machine without IPv6 gets no IPv6 routes", "[shell][vpn_plan]") {
  VpnFacts v4 = facts;
  v4.interface.has_ipv6 = false;
  for (const std::string& line : applied(vpn_plan(config("", "0.0.0.0/0, ::/0, fd00::/8"), v4)))
    CHECK_THAT(line, !Catch::Contains("-6"));
}

TEST_CASE("Table decides where routes go, or that there are none", "[shell][vpn_plan]") {
  CHECK(applied(vpn_plan(config("Table = 7\n", "0.0.0.0/0, 10.9.0.0/16"), facts)) ==
        Lines{"ip link set myvpn mtu 1420 up", "ip route add 0.0.0.0/0 dev myvpn table 7",
              "ip route add 10.9.0.0/16 dev myvpn table 7"});
  CHECK(applied(vpn_plan(config("Table = off\n", "0.0.0.0/0"), facts)) ==
        Lines{"ip link set myvpn mtu 1420 up"});
}

TEST_CASE("only an automatic table and a prefix of no length take everything",
          "[shell][vpn_plan]") {
  CHECK(takes_everything(config("", "10.0.0.0/8, ::/0")));
  CHECK_FALSE(takes_everything(config("", "0.0.0.0/1, 128.0.0.0/1")));
  CHECK_FALSE(takes_everything(config("Table = 7\n", "0.0.0.0/0")));
}

TEST_CASE("the MTU is the file's, or what the link leaves for the largest header",
          "[shell][vpn_plan]") {
  VpnFacts small = facts;
  small.link_mtu = 1480;
  CHECK(applied(vpn_plan(config("", "10.0.0.0/8"), small))[0] == "ip link set myvpn mtu 1400 up");
  CHECK(applied(vpn_plan(config("MTU = 1300\n", "10.0.0.0/8"), small))[0] ==
        "ip link set myvpn mtu 1300 up");
}

TEST_CASE("name servers and domains become resolv.conf, and the old text comes back",
          "[shell][vpn_plan]") {
  VpnFacts known = facts;
  known.resolv_conf = "nameserver 192.0.2.1\n";
  const Plan plan =
      vpn_plan(config("DNS = 10.0.0.1, fd00::1, home.example, example\n", "10.0.0.0/8"), known);
  CHECK(plan[1].apply.input ==
        "nameserver 10.0.0.1\nnameserver fd00::1\nsearch home.example example\n");
  CHECK(plan[1].undo->input == "nameserver 192.0.2.1\n");
}

TEST_CASE("hooks run at their four moments, in the file's order", "[shell][vpn_plan]") {
  const Plan plan =
      vpn_plan(config("PreUp = a %i\nPreUp = b\nPostUp = c\nPostUp = d\nPreDown = e\nPreDown = f\n"
                      "PostDown = g\nPostDown = h %i %i\n",
                      "10.9.0.0/16"),
               facts);
  CHECK(applied(plan) ==
        Lines{"-", "-", "sh -c 'a myvpn'", "sh -c b", "ip link set myvpn mtu 1420 up",
              "ip route add 10.9.0.0/16 dev myvpn", "-", "-", "sh -c c", "sh -c d"});
  Lines down = undone(plan);
  std::erase(down, "-");
  std::ranges::reverse(down);
  CHECK(down == Lines{"sh -c e", "sh -c f", "sh -c g", "sh -c 'h myvpn myvpn'"});
}

TEST_CASE("an interface that was made to last keeps no route of ours", "[shell][vpn_plan]") {
  VpnFacts lasting = facts;
  lasting.interface.outlives_us = true;
  const Plan plan = vpn_plan(config("", "10.9.0.0/16"), lasting);
  CHECK(undone(plan).back() == "ip route del 10.9.0.0/16 dev myvpn");
}

TEST_CASE("a server's pool is the networks of its addresses", "[shell][vpn_plan]") {
  CHECK(pool(config("Address = 10.0.0.1/24, fd00:10::1/64\n", "10.0.0.2/32")) ==
        std::vector{*Prefix::parse("10.0.0.0/24"), *Prefix::parse("fd00:10::/64")});
}

TEST_CASE("many routes are made by one command", "[shell][vpn_plan]") {
  std::string networks = "10.1.0.0/24";
  for (int i = 2; i <= 9; ++i) networks += ", 10." + std::to_string(i) + ".0.0/24";
  VpnFacts lasting = facts;
  lasting.interface.outlives_us = true;
  const Plan plan = vpn_plan(config("", networks), lasting);
  REQUIRE(plan.size() == 2);
  CHECK(plan[1].apply.words == std::vector<std::string>{"ip", "-batch", "-"});
  CHECK_THAT(plan[1].apply.input, Catch::StartsWith("route add 10.1.0.0/24 dev myvpn\n") &&
                                      Catch::EndsWith("route add 10.9.0.0/24 dev myvpn\n"));
  CHECK_THAT(plan[1].undo->input, Catch::StartsWith("route del 10.1.0.0/24 dev myvpn\n"));
}
