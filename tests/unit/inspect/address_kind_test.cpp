#include "inspect/address_kind.hpp"

#include "support/catch.hpp"

using namespace culvert;

TEST_CASE("an address is said to be private, for examples, or nothing special", "[inspect]") {
  const auto [address, words] = GENERATE(table<std::string, std::string>({
      {"10.0.0.1", "private, never routed on the Internet (RFC 1918)"},
      {"172.31.255.255", "private, never routed on the Internet (RFC 1918)"},
      {"203.0.113.80", "for examples, nobody's (RFC 5737)"},
      {"255.255.255.255", "everybody on this link"},
      {"fe80::1", "valid on this link only"},
      {"ff02::1", "a group: multicast"},
      {"172.32.0.0", ""},
      {"2606:4700::1", ""},
  }));
  CAPTURE(address);
  CHECK(inspect::address_kind(IpAddress::parse(address).value()) == words);
}
