#include "cli/address_option.hpp"

#include "cli/run_program.hpp"
#include "support/catch.hpp"

using namespace culvert;
using namespace culvert::cli;

TEST_CASE("an endpoint on the command line is an address and a port", "[cli]") {
  CHECK(endpoint_option("--server", "198.51.100.2:5000") ==
        Endpoint{Ipv4Address{198, 51, 100, 2}, 5000});
  const std::string bad =
      GENERATE("", "198.51.100.2", "server:5000", "198.51.100.2:0", "198.51.100.2:66000");
  CHECK_THROWS_AS(endpoint_option("--server", bad), UsageError);
  CHECK_THROWS_WITH(endpoint_option("--server", bad),
                    Catch::Contains("--server " + bad) && Catch::Contains("expected ADDRESS:PORT"));
}

TEST_CASE("an address on the command line is no name", "[cli]") {
  CHECK(address_option("--dns", "fd00:10::1") == *IpAddress::parse("fd00:10::1"));
  CHECK_THROWS_WITH(address_option("--dns", "server"),
                    Catch::Contains("--dns server: expected an IP address"));
}
