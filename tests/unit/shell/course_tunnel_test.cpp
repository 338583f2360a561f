#include "shell/course_tunnel.hpp"

#include "support/catch.hpp"

using namespace culvert;
using namespace culvert::shell;

TEST_CASE("the tunnel leaves 1468 bytes of an Ethernet link to a packet inside, or 1448 over IPv6",
          "[shell]") {
  const InnerMtu over_v4 = inner_mtu(Ipv4Address{}, 1500);
  CHECK(over_v4.bytes == 1468);
  CHECK(over_v4.sum == "1500 on the link - 20 IPv4 - 8 UDP - 4 ours = 1468 for a packet inside");
  CHECK(inner_mtu(Ipv6Address{}, 1500).bytes == 1448);
}

TEST_CASE("the two ends of the tunnel lie in the same networks", "[shell]") {
  for (const Role role : {Role::client, Role::server}) {
    const auto addresses = inner_addresses(role);
    REQUIRE(addresses.size() == 2);
    CHECK(addresses[0].network() == inner_networks()[0]);
    CHECK(addresses[1].network() == inner_networks()[1]);
  }
  CHECK(to_string(inner_addresses(Role::server)[1]) == "fd00:10::1/64");
  CHECK(to_string(inner_addresses(Role::client)[0]) == "10.0.0.2/24");
}
