#include "tunnel/route_choice.hpp"

#include <algorithm>
#include <random>
#include <vector>

#include "support/catch.hpp"

using namespace culvert;
using tunnel::choose_route;

namespace {

IpAddress ip(const char* text) { return IpAddress::parse(text).value(); }

Route route(const char* prefix, std::uint32_t metric = 0) {
  Route result{Prefix::parse(prefix).value()};
  result.metric = metric;
  return result;
}

/// A small world on purpose: addresses and prefixes out of 4 free bits meet often.
IpAddress random_address(std::mt19937& random) {
  return Ipv4Address{10, 0, 0, static_cast<std::uint8_t>((random() % 16) << 4)};
}

Route random_route(std::mt19937& random) {
  Route result{Prefix{random_address(random), static_cast<unsigned>(random() % 33)}};
  result.metric = static_cast<std::uint32_t>(random() % 3);
  result.dead = random() % 5 == 0;
  return result;
}

}  // namespace

TEST_CASE("the longest prefix wins wherever it stands in the table", "[tunnel][route]") {
  std::vector<Route> table{route("0.0.0.0/0"), route("10.0.0.0/8"), route("10.1.0.0/16"),
                           route("10.1.2.0/24"), route("10.1.2.3/32")};
  const auto order = GENERATE(range(0, 5));
  std::rotate(table.begin(), table.begin() + order, table.end());
  CHECK(choose_route(table, ip("10.1.2.3"))->destination == Prefix::parse("10.1.2.3/32"));
  CHECK(choose_route(table, ip("10.1.2.4"))->destination == Prefix::parse("10.1.2.0/24"));
  CHECK(choose_route(table, ip("10.1.3.3"))->destination == Prefix::parse("10.1.0.0/16"));
  CHECK(choose_route(table, ip("10.2.2.3"))->destination == Prefix::parse("10.0.0.0/8"));
  CHECK(choose_route(table, ip("11.1.2.3"))->destination == Prefix::parse("0.0.0.0/0"));
}

TEST_CASE("the metric decides only between equally long prefixes", "[tunnel][route]") {
  const std::vector<Route> table{route("10.0.0.0/8", 0), route("10.1.0.0/16", 500),
                                 route("10.1.0.0/16", 20), route("10.1.0.0/16", 100)};
  CHECK(choose_route(table, ip("10.1.0.1")) == &table[2]);
  CHECK(choose_route(table, ip("10.2.0.1")) == &table[0]);
}

TEST_CASE("among routes equal in both the first wins", "[tunnel][route]") {
  const std::vector<Route> table{route("10.0.0.0/8", 5), route("10.0.0.0/8", 5)};
  CHECK(choose_route(table, ip("10.1.0.1")) == &table[0]);
}

TEST_CASE("a dead route does not count", "[tunnel][route]") {
  std::vector<Route> table{route("10.0.0.0/8"), route("10.1.0.0/16")};
  table[1].dead = true;
  CHECK(choose_route(table, ip("10.1.0.1")) == &table[0]);
}

TEST_CASE("an address in no prefix has no route", "[tunnel][route]") {
  const std::vector<Route> table{route("10.0.0.0/8"), route("2001:db8::/32")};
  CHECK(choose_route(table, ip("11.0.0.1")) == nullptr);
  CHECK(choose_route({}, ip("10.0.0.1")) == nullptr);
}

TEST_CASE("the default route of one family is none for the other", "[tunnel][route]") {
  const std::vector<Route> table{route("0.0.0.0/0"), route("::/0")};
  CHECK(choose_route(table, ip("2001:db8::1")) == &table[1]);
  CHECK(choose_route(table, ip("192.0.2.1")) == &table[0]);
}

TEST_CASE("no route that contains the address is better than the chosen one", "[tunnel][route]") {
  const auto seed = GENERATE(range(0u, 500u));
  CAPTURE(seed);
  std::mt19937 random{seed};
  std::vector<Route> table(random() % 20, Route{Prefix{Ipv4Address{}, 0}});
  for (Route& entry : table) entry = random_route(random);
  const IpAddress destination = random_address(random);

  const Route* const chosen = choose_route(table, destination);
  const auto fits = [&](const Route& entry) {
    return !entry.dead && entry.destination.contains(destination);
  };
  REQUIRE((chosen != nullptr) == std::any_of(table.begin(), table.end(), fits));
  if (chosen == nullptr) return;
  CHECK(fits(*chosen));
  for (const Route& entry : table) {
    if (!fits(entry)) continue;
    CHECK(entry.destination.length() <= chosen->destination.length());
    if (entry.destination == chosen->destination) CHECK(entry.metric >= chosen->metric);
  }
}
