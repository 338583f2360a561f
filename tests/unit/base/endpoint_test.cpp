#include "base/endpoint.hpp"

#include "support/catch.hpp"

using namespace culvert;

TEST_CASE("an endpoint prints as it was written", "[base]") {
  const std::string text =
      GENERATE("192.0.2.1:51820", "[2001:db8::1]:53", "0.0.0.0:0", "[::]:65535");
  const auto endpoint = Endpoint::parse(text);
  REQUIRE(endpoint);
  CHECK(to_string(*endpoint) == text);
}

TEST_CASE("an endpoint needs an address, a colon and a port of 16 bits", "[base]") {
  const std::string text =
      GENERATE("", "192.0.2.1", "192.0.2.1:", "192.0.2.1:65536", "192.0.2.1:-1", "192.0.2.1:5x",
               "2001:db8::1:53", "[192.0.2.1]:53", "[::1", "host:53");
  CAPTURE(text);
  CHECK_FALSE(Endpoint::parse(text));
}
