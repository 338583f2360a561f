#include "io/netlink.hpp"

#include <algorithm>

#include "support/catch.hpp"

using namespace culvert;

TEST_CASE("every machine has a loopback interface, and the kernel tells it", "[io][netlink]") {
  const auto links = io::links();
  const auto lo = std::find_if(links.begin(), links.end(),
                               [](const io::Link& link) { return link.name == "lo"; });
  REQUIRE(lo != links.end());
  CHECK(lo->index == 1);
  CHECK(lo->type == 772);
  CHECK(lo->kind.empty());
}

TEST_CASE("every machine asks table local before table main", "[io][netlink]") {
  const auto rules = io::rules();
  const auto position = [&](std::uint32_t table) {
    return std::find_if(rules.begin(), rules.end(),
                        [&](const RoutingRule& rule) { return rule.table == table; });
  };
  REQUIRE(position(main_table) != rules.end());
  CHECK(position(local_table) < position(main_table));
}

TEST_CASE("addresses and routes lead to interfaces that exist", "[io][netlink]") {
  auto links = io::links();
  const auto addresses = io::addresses();
  const auto routes = io::routes();
  const auto later = io::links();  // other programs may add and remove some meanwhile
  links.insert(links.end(), later.begin(), later.end());
  const auto exists = [&](std::uint32_t index) {
    return std::any_of(links.begin(), links.end(),
                       [&](const io::Link& link) { return link.index == index; });
  };
  for (const auto& address : addresses) CHECK(exists(address.interface));
  for (const auto& route : routes) CHECK((route.interface == 0 || exists(route.interface)));
}
