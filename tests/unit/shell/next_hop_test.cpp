#include "shell/next_hop.hpp"

#include "support/catch.hpp"

using namespace culvert;
using namespace culvert::shell;

TEST_CASE("a route through a gateway is read from what ip prints", "[shell]") {
  const auto hop =
      parse_route_get("198.51.100.2 via 192.0.2.1 dev eth0 src 192.0.2.2 uid 0 \n    cache \n");
  CHECK(hop == NextHop{"eth0", IpAddress{Ipv4Address{192, 0, 2, 1}}});
}

TEST_CASE("an IPv6 route is read from what ip prints", "[shell]") {
  const auto hop = parse_route_get(
      "2001:db8:198::2 from :: via fe80::1 dev wlan0 proto ra src 2001:db8:192::2 metric 600 pref "
      "medium\n");
  CHECK(hop == NextHop{"wlan0", *IpAddress::parse("fe80::1")});
}

TEST_CASE("an address on the link itself has no gateway", "[shell]") {
  CHECK(parse_route_get("192.0.2.9 dev eth0 src 192.0.2.2 uid 0") == NextHop{"eth0", std::nullopt});
}

TEST_CASE("an IPv4 route may have an IPv6 gateway", "[shell]") {
  CHECK(parse_route_get("192.0.2.9 via inet6 fe80::1 dev eth0") ==
        NextHop{"eth0", *IpAddress::parse("fe80::1")});
}

TEST_CASE("what names no device is no route", "[shell]") {
  CHECK_FALSE(parse_route_get(GENERATE("", "RTNETLINK answers: Network is unreachable",
                                       "1.2.3.4 via nowhere dev eth0", "1.2.3.4 dev")));
}
