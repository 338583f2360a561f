#include "base/ip_address.hpp"

#include "support/bytes.hpp"
#include "support/catch.hpp"

using namespace culvert;
using test::bytes;

TEST_CASE("an IPv4 address prints as it was written", "[base]") {
  const std::string text = GENERATE("0.0.0.0", "192.0.2.1", "255.255.255.255");
  const auto address = Ipv4Address::parse(text);
  REQUIRE(address);
  CHECK(to_string(*address) == text);
}

TEST_CASE("an IPv4 address is four numbers up to 255 without leading zeros", "[base]") {
  const std::string text = GENERATE("", "1.2.3", "1.2.3.4.5", "256.1.1.1", "01.2.3.4", "1..2.3",
                                    "1.2.3.4 ", "1.2.3.", "a.b.c.d", "+1.2.3.4", "1.2.3.0000");
  CAPTURE(text);
  CHECK_FALSE(Ipv4Address::parse(text));
}

TEST_CASE("an IPv4 address keeps network order and gives a number in host order", "[base]") {
  const Ipv4Address address{192, 0, 2, 1};
  CHECK(address.to_number() == 0xc0000201);
  CHECK(to_hex(address.bytes()) == "c0000201");
  CHECK(Ipv4Address{0xc0000201} == address);
  CHECK(Ipv4Address{9, 255, 255, 255} < Ipv4Address{10, 0, 0, 0});
}

// The examples of RFC 5952 and RFC 4291.
TEST_CASE("an IPv6 address prints in the canonical form of RFC 5952", "[base]") {
  const auto [written, canonical] = GENERATE(table<std::string, std::string>({
      {"2001:db8:0:0:0:0:2:1", "2001:db8::2:1"},
      {"2001:0db8::0001", "2001:db8::1"},
      {"2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"},
      {"2001:0:0:1:0:0:0:1", "2001:0:0:1::1"},
      {"2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"},
      {"2001:DB8::A", "2001:db8::a"},
      {"::", "::"},
      {"::1", "::1"},
      {"1::", "1::"},
      {"0:1:2:3:4:5:6:7", "0:1:2:3:4:5:6:7"},
      {"::ffff:192.0.2.1", "::ffff:192.0.2.1"},
      {"64:ff9b::192.0.2.33", "64:ff9b::c000:221"},
      {"fe80::1:0:0:0", "fe80::1:0:0:0"},
  }));
  const auto address = Ipv6Address::parse(written);
  CAPTURE(written);
  REQUIRE(address);
  CHECK(to_string(*address) == canonical);
}

TEST_CASE("a text that is no IPv6 address is refused", "[base]") {
  const std::string text =
      GENERATE("", ":", ":::", "1", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1::2::3",
               "12345::", "g::", "1:2:3:4:5:6:7::8", "::1:", ":1::", "1.2.3.4::", "::1.2.3",
               "fe80::1%eth0", "::1.2.3.4:5");
  CAPTURE(text);
  CHECK_FALSE(Ipv6Address::parse(text));
}

TEST_CASE("a MAC address prints as it was written", "[base]") {
  const auto mac = MacAddress::parse("02:00:5e:10:00:ff");
  REQUIRE(mac);
  CHECK(to_string(*mac) == "02:00:5e:10:00:ff");
  CHECK_FALSE(MacAddress::parse("02:00:5e:10:00"));
  CHECK_FALSE(MacAddress::parse("02:00:5e:10:00:ff:01"));
  CHECK_FALSE(MacAddress::parse("02:00:5e:10:00:fff"));
}

TEST_CASE("an IP address knows its family", "[base]") {
  const auto v4 = IpAddress::parse("192.0.2.1");
  const auto v6 = IpAddress::parse("2001:db8::1");
  REQUIRE(v4);
  REQUIRE(v6);
  CHECK(v4->is_v4());
  CHECK(v4->bits() == 32);
  CHECK(v4->bytes().size() == 4);
  CHECK(v6->is_v6());
  CHECK(v6->bits() == 128);
  CHECK(v6->bytes().size() == 16);
  CHECK(*v4 < *v6);
  CHECK_FALSE(IpAddress::parse("site"));
}
