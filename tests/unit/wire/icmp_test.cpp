#include "wire/icmp.hpp"

#include "support/parser.hpp"
#include "support/seeded_random.hpp"

using namespace culvert;
using namespace culvert::wire;
using namespace culvert::test;

namespace {

// An echo request, identifier 0x1234, sequence 7, with 3 bytes of data.
const auto echo = bytes("08 00 e5 d3  12 34 00 07  61 62 63");
// "Fragmentation needed", next-hop MTU 1400, quoting two bytes.
const auto too_big = bytes("03 04 00 00  00 00 05 78  45 00");
// ICMPv6 "packet too big", MTU 70000.
const auto too_big_6 = bytes("02 00 00 00  00 01 11 70  60 00");

}  // namespace

TEST_CASE("an ICMP view reads every field", "[wire][icmp]") {
  const auto view = IcmpView::parse(echo);
  REQUIRE(view);
  CHECK(view->type() == icmp::echo_request);
  CHECK(view->code() == 0);
  CHECK(view->checksum() == 0xe5d3);
  CHECK(view->identifier() == 0x1234);
  CHECK(view->sequence() == 7);
  CHECK(to_vector(view->rest()) == bytes("12 34 00 07"));
  CHECK(view->header_length() == 8);
  CHECK(to_vector(view->payload()) == bytes("61 62 63"));
  CHECK(view->is_echo());
  CHECK_FALSE(view->is_error());
}

TEST_CASE("an ICMP error is told from an echo, and knows the MTU of the next hop", "[wire][icmp]") {
  const auto view = IcmpView::parse(too_big);
  REQUIRE(view);
  CHECK(view->is_error());
  CHECK_FALSE(view->is_echo());
  CHECK(view->next_hop_mtu() == 1400);
}

TEST_CASE("exactly the types 3, 4, 5, 11 and 12 of ICMP are errors", "[wire][icmp]") {
  for (unsigned type = 0; type < 256; ++type) {
    CAPTURE(type);
    const bool error = type == 3 || type == 4 || type == 5 || type == 11 || type == 12;
    CHECK(IcmpView::parse(with_byte(echo, 0, static_cast<std::uint8_t>(type)))->is_error() ==
          error);
  }
}

TEST_CASE("an ICMPv6 view reads every field", "[wire][icmp]") {
  const auto view = Icmpv6View::parse(too_big_6);
  REQUIRE(view);
  CHECK(view->type() == icmpv6::packet_too_big);
  CHECK(view->mtu() == 70000);
  CHECK(view->is_error());
  CHECK_FALSE(view->is_echo());
  CHECK(to_vector(view->payload()) == bytes("60 00"));
}

TEST_CASE("exactly the types below 128 of ICMPv6 are errors", "[wire][icmp]") {
  for (unsigned type = 0; type < 256; ++type) {
    CAPTURE(type);
    const auto message = with_byte(echo, 0, static_cast<std::uint8_t>(type));
    const auto view = Icmpv6View::parse(message);
    CHECK(view->is_error() == (type < 128));
    CHECK(view->is_echo() == (type == 128 || type == 129));
  }
}

TEST_CASE("ICMP views refuse every truncation of their header", "[wire][icmp]") {
  refuses_every_truncation(Bytes{echo}.first(8), IcmpView::parse);
  refuses_every_truncation(Bytes{too_big_6}.first(8), Icmpv6View::parse);
  CHECK(IcmpView::parse({}).error().layer == Layer::icmp);
  CHECK(Icmpv6View::parse({}).error().layer == Layer::icmpv6);
}

TEST_CASE("ICMP has no length of its own: all that follows is its payload", "[wire][icmp]") {
  CHECK(IcmpView::parse(with_tail(echo))->payload().size() == 7);
  CHECK(Icmpv6View::parse(Bytes{too_big_6}.first(8))->payload().empty());
}

TEST_CASE("a written ICMP header reads back as it was", "[wire][icmp]") {
  const auto seed = GENERATE(range(1u, 50u));
  CAPTURE(seed);
  SeededRandom random{seed};
  const IcmpFields fields{random.number<std::uint8_t>(), random.number<std::uint8_t>(),
                          random.number<std::uint16_t>(), random.number<std::uint32_t>()};
  std::array<std::uint8_t, 8> out{};
  write(fields, out);
  const auto view = IcmpView::parse(out);
  REQUIRE(view);
  CHECK(IcmpFields{view->type(), view->code(), view->checksum(), load_be32(view->rest())} ==
        fields);
}
