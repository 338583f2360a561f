#include "wire/ethernet.hpp"

#include "support/parser.hpp"
#include "support/seeded_random.hpp"

using namespace culvert;
using namespace culvert::wire;
using namespace culvert::test;

namespace {

// The start of an Ethernet frame to everybody, from 02:00:00:00:00:01, that holds ARP; then two bytes of payload.
const auto frame = bytes("ff ff ff ff ff ff  02 00 00 00 00 01  08 06  00 01");
// A tag: priority 5, may be dropped, VLAN 100, with IPv4 in it; then two bytes of payload.
const auto tag = bytes("b0 64 08 00  45 00");

}  // namespace

TEST_CASE("an Ethernet view reads every field", "[wire][ethernet]") {
  const auto view = EthernetView::parse(frame);
  REQUIRE(view);
  CHECK(to_string(view->destination()) == "ff:ff:ff:ff:ff:ff");
  CHECK(to_string(view->source()) == "02:00:00:00:00:01");
  CHECK(view->ether_type() == 0x0806);
  CHECK(view->header_length() == 14);
  CHECK(to_vector(view->payload()) == bytes("00 01"));
}

TEST_CASE("an Ethernet view refuses every truncation of its header", "[wire][ethernet]") {
  refuses_every_truncation(Bytes{frame}.first(14), EthernetView::parse);
}

TEST_CASE("an Ethernet frame has no length of its own: all that follows is its payload",
          "[wire][ethernet]") {
  CHECK(EthernetView::parse(with_tail(frame))->payload().size() == 6);
  CHECK(EthernetView::parse(Bytes{frame}.first(14))->payload().empty());
}

TEST_CASE("a written Ethernet header reads back as it was", "[wire][ethernet]") {
  const auto seed = GENERATE(range(1u, 50u));
  CAPTURE(seed);
  SeededRandom random{seed};
  const EthernetFields fields{random.mac(), random.mac(), random.number<std::uint16_t>()};

  std::array<std::uint8_t, 14> header{};
  write(fields, header);
  const auto view = EthernetView::parse(header);
  REQUIRE(view);
  CHECK(EthernetFields{view->destination(), view->source(), view->ether_type()} == fields);
}

TEST_CASE("a VLAN view reads every field", "[wire][vlan]") {
  const auto view = VlanView::parse(tag);
  REQUIRE(view);
  CHECK(view->priority() == 5);
  CHECK(view->drop_eligible());
  CHECK(view->vlan_id() == 100);
  CHECK(view->ether_type() == 0x0800);
  CHECK(view->header_length() == 4);
  CHECK(to_vector(view->payload()) == bytes("45 00"));
}

TEST_CASE("a VLAN view refuses every truncation of its tag", "[wire][vlan]") {
  refuses_every_truncation(Bytes{tag}.first(4), VlanView::parse);
}

TEST_CASE("a VLAN tag has no length of its own: all that follows is its payload", "[wire][vlan]") {
  CHECK(VlanView::parse(with_tail(tag))->payload().size() == 6);
}

TEST_CASE("a written VLAN tag reads back as it was", "[wire][vlan]") {
  const auto seed = GENERATE(range(1u, 50u));
  CAPTURE(seed);
  SeededRandom random{seed};
  const VlanFields fields{random.below(8), random.coin(), random.below(4096),
                          random.number<std::uint16_t>()};

  std::array<std::uint8_t, 4> out{};
  write(fields, out);
  const auto view = VlanView::parse(out);
  REQUIRE(view);
  CHECK(VlanFields{view->priority(), view->drop_eligible(), view->vlan_id(), view->ether_type()} ==
        fields);
}
