#include "io/network_namespace.hpp"

#include <unistd.h>

#include <algorithm>
#include <system_error>

#include "support/catch.hpp"

using namespace culvert;
using namespace culvert::io;

TEST_CASE("a network namespace keeps its number", "[io]") {
  CHECK(network_namespace_id() == network_namespace_id());
  CHECK_FALSE(network_namespace_id().empty());
}

TEST_CASE("a name is held by one at a time", "[io]") {
  const std::string name = "culvert/test/" + std::to_string(::getpid());
  {
    const auto mine = hold_name(name);
    REQUIRE(mine);
    CHECK_FALSE(hold_name(name));
    CHECK(hold_name(name + "/other"));
  }
  CHECK(hold_name(name));
}

TEST_CASE("the loopback interface is found with its addresses", "[io]") {
  const InterfaceState lo = interface_state("lo");
  CHECK(lo.mtu >= 1500);
  if (lo.up) {
    CHECK(std::ranges::find(lo.addresses, *InterfaceAddress::parse("127.0.0.1/8")) !=
          lo.addresses.end());
  }
}

TEST_CASE("an interface that does not exist is an error that names it", "[io]") {
  CHECK_THROWS_WITH(interface_state("culvert-none"),
                    Catch::Contains("look at the interface culvert-none"));
  CHECK_THROWS(interface_state("a-name-of-more-than-15-characters"));
}
