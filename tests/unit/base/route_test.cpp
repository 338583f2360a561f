#include "base/route.hpp"

#include "support/catch.hpp"

using namespace culvert;

TEST_CASE("a route prints in the words of ip route", "[base]") {
  Route route{Prefix::parse("0.0.0.0/0").value()};
  route.interface = 2;
  route.metric = 100;
  route.gateway = IpAddress::parse("192.0.2.1");
  CHECK(to_string(route, "eth0") == "default via 192.0.2.1 dev eth0 metric 100");

  Route hole{Prefix::parse("2001:db8:dead::/48").value(), RouteType::blackhole};
  CHECK(to_string(hole, "") == "blackhole 2001:db8:dead::/48");
}
