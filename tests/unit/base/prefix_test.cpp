#include "base/prefix.hpp"

#include "support/catch.hpp"

using namespace culvert;

namespace {
IpAddress ip(const char* text) { return IpAddress::parse(text).value(); }
}  // namespace

TEST_CASE("a prefix contains exactly the addresses that share its bits", "[base]") {
  const auto [text, inside, outside] = GENERATE(table<const char*, const char*, const char*>({
      {"10.8.0.0/16", "10.8.255.255", "10.9.0.0"},
      {"192.0.2.128/25", "192.0.2.128", "192.0.2.127"},
      {"192.0.2.1", "192.0.2.1", "192.0.2.0"},
      {"128.0.0.0/1", "255.255.255.255", "127.255.255.255"},
      {"0.0.0.0/0", "255.255.255.255", "::"},
      {"2001:db8::/33", "2001:db8:7fff::1", "2001:db8:8000::"},
      {"::/0", "ffff::", "0.0.0.0"},
      {"::1", "::1", "::"},
  }));
  CAPTURE(text);
  const auto prefix = Prefix::parse(text);
  REQUIRE(prefix);
  CHECK(prefix->contains(ip(inside)));
  CHECK_FALSE(prefix->contains(ip(outside)));
}

TEST_CASE("a prefix cuts host bits, an interface address keeps them", "[base]") {
  CHECK(to_string(Prefix::parse("10.0.0.1/24").value()) == "10.0.0.0/24");
  CHECK(to_string(InterfaceAddress::parse("10.0.0.1/24").value()) == "10.0.0.1/24");
  CHECK(to_string(InterfaceAddress::parse("10.0.0.1/24")->network()) == "10.0.0.0/24");
}

TEST_CASE("a prefix longer than the address, or none at all, is refused", "[base]") {
  const char* text =
      GENERATE("", "/8", "10.0.0.0/", "10.0.0.0/33", "::/129", "10.0.0.0/-1", "10.0.0.0/8x", "x/8");
  CAPTURE(text);
  CHECK_FALSE(Prefix::parse(text));
}
