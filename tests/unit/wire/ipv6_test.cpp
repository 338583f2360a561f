#include "wire/ipv6.hpp"

#include "support/parser.hpp"
#include "support/seeded_random.hpp"

using namespace culvert;
using namespace culvert::wire;
using namespace culvert::test;

namespace {

// Traffic class 0xb9 (DSCP 46, ECN 1), flow label 0x12345, UDP, hop limit 7, 2 bytes of payload.
const auto packet = bytes(
    "6b 91 23 45  00 02 11 07"
    "20 01 0d b8 01 92 00 00 00 00 00 00 00 00 00 02"
    "20 01 0d b8 02 03 00 00 00 00 00 00 00 00 00 80"
    "11 22");

// 16 bytes of routing header: UDP follows, type 4, 1 segment left.
const auto routing = bytes("11 01 04 01 00 00 00 00  00 00 00 00 00 00 00 00");

// UDP follows; offset 1448, more to come, identification 0xdeadbeef.
const auto fragment = bytes("11 00 05 a9 de ad be ef");

Parsed<Ipv6ExtensionView> parse_routing(Bytes bytes) {
  return Ipv6ExtensionView::parse(Layer::ipv6_routing, bytes);
}

}  // namespace

TEST_CASE("an IPv6 view reads every field", "[wire][ipv6]") {
  const auto view = Ipv6View::parse(packet);
  REQUIRE(view);
  CHECK(view->traffic_class() == 0xb9);
  CHECK(view->dscp() == 46);
  CHECK(view->ecn() == 1);
  CHECK(view->flow_label() == 0x12345);
  CHECK(view->payload_length() == 2);
  CHECK(view->next_header() == Protocol::udp);
  CHECK(view->hop_limit() == 7);
  CHECK(to_string(view->source()) == "2001:db8:192::2");
  CHECK(to_string(view->destination()) == "2001:db8:203::80");
  CHECK(view->header_length() == 40);
  CHECK(view->total_length() == 42);
  CHECK(to_vector(view->payload()) == bytes("11 22"));
}

TEST_CASE("an IPv6 view refuses every truncation of a good packet", "[wire][ipv6]") {
  refuses_every_truncation(packet, Ipv6View::parse);
}

TEST_CASE("an IPv6 header alone may end with the packet's beginning, but must be whole itself",
          "[wire][ipv6]") {
  refuses_every_truncation(Bytes{packet}.first(40), Ipv6View::parse_header);
  const auto view = Ipv6View::parse_header(Bytes{packet}.first(41));
  REQUIRE(view);
  CHECK(view->total_length() == 42);
  CHECK(to_vector(view->payload()) == bytes("11"));
}

TEST_CASE("an IPv6 view refuses another version", "[wire][ipv6]") {
  const auto view = Ipv6View::parse(with_byte(packet, 0, 0x4b));
  REQUIRE_FALSE(view);
  check_error(view.error(), Fault::bad_version, "version", 6, 4);
}

TEST_CASE("an IPv6 view refuses a payload length past the end", "[wire][ipv6]") {
  const auto view = Ipv6View::parse(with_byte(packet, 5, 3));
  REQUIRE_FALSE(view);
  check_error(view.error(), Fault::truncated, "payload length", 43, 42);
}

TEST_CASE("an IPv6 view ignores bytes after its end", "[wire][ipv6]") {
  CHECK(Ipv6View::parse(with_tail(packet))->payload().size() == 2);
  CHECK(Ipv6View::parse_header(with_tail(packet))->payload().size() == 2);
}

TEST_CASE("a written IPv6 header reads back as it was", "[wire][ipv6]") {
  const auto seed = GENERATE(range(1u, 100u));
  CAPTURE(seed);
  SeededRandom random{seed};
  const Ipv6Fields fields{.traffic_class = random.below(256),
                          .flow_label = random.below(1u << 20),
                          .payload_length = random.number<std::uint16_t>(),
                          .next_header = Protocol{random.number<std::uint8_t>()},
                          .hop_limit = random.number<std::uint8_t>(),
                          .source = random.ipv6(),
                          .destination = random.ipv6()};
  std::array<std::uint8_t, 40> out{};
  write(fields, out);
  const auto view = Ipv6View::parse_header(out);
  REQUIRE(view);
  CHECK(Ipv6Fields{view->traffic_class(), view->flow_label(), view->payload_length(),
                   view->next_header(), view->hop_limit(), view->source(),
                   view->destination()} == fields);
}

TEST_CASE("an IPv6 extension header view reads every field", "[wire][ipv6]") {
  const auto view = parse_routing(routing);
  REQUIRE(view);
  CHECK(view->next_header() == Protocol::udp);
  CHECK(view->header_length() == 16);
  CHECK(view->routing_type() == 4);
  CHECK(view->segments_left() == 1);
  CHECK(to_vector(view->header()) == routing);
}

TEST_CASE("an IPv6 extension header view refuses every truncation and names the header",
          "[wire][ipv6]") {
  refuses_every_truncation(routing, parse_routing);
  CHECK(parse_routing({}).error().layer == Layer::ipv6_routing);
}

TEST_CASE("an IPv6 extension header view refuses a length past the end", "[wire][ipv6]") {
  const auto view = parse_routing(with_byte(routing, 1, 255));
  REQUIRE_FALSE(view);
  check_error(view.error(), Fault::truncated, "header length", 2048, 16);
}

TEST_CASE("an IPv6 extension header view ignores bytes after its end", "[wire][ipv6]") {
  CHECK(parse_routing(with_tail(routing))->header().size() == 16);
}

TEST_CASE("an IPv6 fragment view reads every field", "[wire][ipv6]") {
  const auto view = Ipv6FragmentView::parse(fragment);
  REQUIRE(view);
  CHECK(view->next_header() == Protocol::udp);
  CHECK(view->fragment_offset() == 1448);
  CHECK(view->more_fragments());
  CHECK(view->identification() == 0xdeadbeef);
  CHECK(view->header_length() == 8);
}

TEST_CASE("an IPv6 fragment view does not mistake reserved bits for an offset or a flag",
          "[wire][ipv6]") {
  const auto reserved = bytes("11 ff 00 06 00 00 00 00");
  const auto view = Ipv6FragmentView::parse(reserved);
  REQUIRE(view);
  CHECK(view->fragment_offset() == 0);
  CHECK_FALSE(view->more_fragments());
}

TEST_CASE("an IPv6 fragment view refuses every truncation and ignores bytes after its end",
          "[wire][ipv6]") {
  refuses_every_truncation(fragment, Ipv6FragmentView::parse);
  CHECK(Ipv6FragmentView::parse(with_tail(fragment))->identification() == 0xdeadbeef);
}
