#include "io/resolve.hpp"

#include "support/catch.hpp"

using namespace culvert;

TEST_CASE("an address is its own name", "[io][resolve]") {
  CHECK(*io::resolve("198.51.100.2", 5000) == *Endpoint::parse("198.51.100.2:5000"));
  CHECK(*io::resolve("2001:db8:198::2", 5000) == *Endpoint::parse("[2001:db8:198::2]:5000"));
}

TEST_CASE("what can never be a name has no address, and asking again would not help",
          "[io][resolve]") {
  const auto found = io::resolve("two words", 5000);
  REQUIRE_FALSE(found.has_value());
  CHECK_FALSE(found.error().reason.empty());
  CHECK_FALSE(found.error().may_pass);
}
