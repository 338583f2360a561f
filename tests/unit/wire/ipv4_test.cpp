#include "wire/ipv4.hpp"

#include "support/parser.hpp"
#include "support/seeded_random.hpp"
#include "wire/checksum.hpp"

using namespace culvert;
using namespace culvert::wire;
using namespace culvert::test;

namespace {

// A 28-byte ICMP echo from 10.0.0.1 to 10.0.0.2.
const auto ping = bytes(
    "45 00 00 1c 00 01 00 00 40 01 66 de 0a 00 00 01 0a 00 00 02"
    "08 00 f7 fe 00 01 00 00");

// Every field differs from its neighbours: DSCP 46, ECN 1, DF and MF, offset 8, a router alert option.
const auto odd = bytes(
    "46 b9 00 1a 12 34 60 01 07 11 ab cd c0 00 02 02 cb 00 71 50"
    "94 04 00 00"
    "11 22");

}  // namespace

TEST_CASE("an IPv4 view reads every field", "[wire][ipv4]") {
  const auto view = Ipv4View::parse(odd);
  REQUIRE(view);
  CHECK(view->header_length() == 24);
  CHECK(view->dscp() == 46);
  CHECK(view->ecn() == 1);
  CHECK(view->total_length() == 26);
  CHECK(view->identification() == 0x1234);
  CHECK(view->dont_fragment());
  CHECK(view->more_fragments());
  CHECK(view->fragment_offset() == 8);
  CHECK(view->is_fragment());
  CHECK(view->ttl() == 7);
  CHECK(view->protocol() == Protocol::udp);
  CHECK(view->checksum() == 0xabcd);
  CHECK(to_string(view->source()) == "192.0.2.2");
  CHECK(to_string(view->destination()) == "203.0.113.80");
  CHECK(view->options().next()->kind == 0x94);
  CHECK(view->header().size() == 24);
  CHECK(to_vector(view->payload()) == bytes("11 22"));
}

TEST_CASE("an IPv4 packet that is no fragment says so", "[wire][ipv4]") {
  const auto view = Ipv4View::parse(ping);
  REQUIRE(view);
  CHECK_FALSE(view->is_fragment());
  CHECK_FALSE(view->dont_fragment());
  CHECK(view->fragment_offset() == 0);
  CHECK_FALSE(view->options().next());
}

TEST_CASE("an IPv4 view refuses every truncation of a good packet", "[wire][ipv4]") {
  refuses_every_truncation(ping, Ipv4View::parse);
  refuses_every_truncation(odd, Ipv4View::parse);
}

TEST_CASE("an IPv4 header alone may end with the packet's beginning, but must be whole itself",
          "[wire][ipv4]") {
  refuses_every_truncation(Bytes{odd}.first(24), Ipv4View::parse_header);
  const auto view = Ipv4View::parse_header(Bytes{odd}.first(25));
  REQUIRE(view);
  CHECK(view->total_length() == 26);
  CHECK(to_vector(view->payload()) == bytes("11"));
}

TEST_CASE("an IPv4 view refuses another version", "[wire][ipv4]") {
  const auto view = Ipv4View::parse(with_byte(ping, 0, 0x65));
  REQUIRE_FALSE(view);
  check_error(view.error(), Fault::bad_version, "version", 4, 6);
}

TEST_CASE("an IPv4 view refuses every header length below 20 or past the end", "[wire][ipv4]") {
  for (std::uint8_t words = 0; words < 5; ++words) {
    CAPTURE(words);
    const auto view = Ipv4View::parse(with_byte(ping, 0, static_cast<std::uint8_t>(0x40 | words)));
    REQUIRE_FALSE(view);
    check_error(view.error(), Fault::bad_length, "IHL", 20, words * 4u);
  }
  const auto view = Ipv4View::parse(with_byte(ping, 0, 0x48));  // 32 of 28 bytes
  REQUIRE_FALSE(view);
  check_error(view.error(), Fault::truncated, "IHL", 32, 28);
}

TEST_CASE("an IPv4 view refuses a total length below its header or past the end", "[wire][ipv4]") {
  for (std::uint8_t total = 0; total < 20; ++total) {
    CAPTURE(total);
    const auto view = Ipv4View::parse(with_byte(ping, 3, total));
    REQUIRE_FALSE(view);
    check_error(view.error(), Fault::bad_length, "total length", 20, total);
  }
  const auto view = Ipv4View::parse(with_byte(ping, 3, 29));
  REQUIRE_FALSE(view);
  check_error(view.error(), Fault::truncated, "total length", 29, 28);
}

TEST_CASE("an IPv4 view ignores bytes after its end, such as Ethernet's padding", "[wire][ipv4]") {
  const auto padded = with_tail(ping);
  const auto view = Ipv4View::parse(padded);
  REQUIRE(view);
  CHECK(view->payload().size() == 8);
  CHECK(Ipv4View::parse_header(with_tail(ping))->payload().size() == 8);
}

TEST_CASE("a written IPv4 header reads back as it was, with a right checksum", "[wire][ipv4]") {
  const auto seed = GENERATE(range(1u, 100u));
  CAPTURE(seed);
  SeededRandom random{seed};
  const Ipv4Fields fields{.dscp = random.below(64),
                          .ecn = random.below(4),
                          .total_length = static_cast<std::uint16_t>(20 + random.below(65516)),
                          .identification = random.number<std::uint16_t>(),
                          .dont_fragment = random.coin(),
                          .more_fragments = random.coin(),
                          .fragment_offset = random.below(8192) * std::size_t{8},
                          .ttl = random.number<std::uint8_t>(),
                          .protocol = Protocol{random.number<std::uint8_t>()},
                          .source = random.ipv4(),
                          .destination = random.ipv4()};
  std::array<std::uint8_t, 20> out{};
  write(fields, out);
  const auto view = Ipv4View::parse_header(out);
  REQUIRE(view);
  CHECK(Ipv4Fields{view->dscp(), view->ecn(), view->total_length(), view->identification(),
                   view->dont_fragment(), view->more_fragments(), view->fragment_offset(),
                   view->ttl(), view->protocol(), view->source(), view->destination()} == fields);
  CHECK(internet_checksum(out) == 0);
}
