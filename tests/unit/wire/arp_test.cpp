#include "wire/arp.hpp"

#include "support/parser.hpp"
#include "support/seeded_random.hpp"

using namespace culvert;
using namespace culvert::wire;
using namespace culvert::test;

namespace {

// 192.0.2.2 at 02:00:00:00:00:02 asks who has 192.0.2.1.
const auto request =
    bytes("00 01 08 00 06 04 00 01  02 00 00 00 00 02 c0 00 02 02  00 00 00 00 00 00 c0 00 02 01");

}  // namespace

TEST_CASE("an ARP view reads every field", "[wire][arp]") {
  const auto view = ArpView::parse(request);
  REQUIRE(view);
  CHECK(view->hardware_type() == 1);
  CHECK(view->protocol_type() == 0x0800);
  CHECK(view->hardware_length() == 6);
  CHECK(view->protocol_length() == 4);
  CHECK(view->operation() == ArpView::request);
  CHECK(to_vector(view->sender_hardware()) == bytes("02 00 00 00 00 02"));
  CHECK(to_vector(view->sender_protocol()) == bytes("c0 00 02 02"));
  CHECK(to_vector(view->target_hardware()) == bytes("00 00 00 00 00 00"));
  CHECK(to_vector(view->target_protocol()) == bytes("c0 00 02 01"));
  CHECK(view->header_length() == 28);
  CHECK(view->is_ipv4_over_ethernet());
}

TEST_CASE("an ARP view refuses every truncation", "[wire][arp]") {
  refuses_every_truncation(request, ArpView::parse);
}

TEST_CASE("an ARP view refuses address lengths that run past the end", "[wire][arp]") {
  const auto lying = ArpView::parse(with_byte(request, 4, 7));
  REQUIRE_FALSE(lying);
  check_error(lying.error(), Fault::truncated, "address lengths", 30, 28);
}

TEST_CASE("an ARP view reads addresses of any length, even none", "[wire][arp]") {
  const auto arcnet = bytes("00 07 08 00 01 04 00 02  aa c0 00 02 02  bb c0 00 02 01");
  const auto short_ones = ArpView::parse(arcnet);
  REQUIRE(short_ones);
  CHECK(to_vector(short_ones->target_hardware()) == bytes("bb"));
  CHECK(to_vector(short_ones->target_protocol()) == bytes("c0 00 02 01"));
  CHECK_FALSE(short_ones->is_ipv4_over_ethernet());

  const auto no_addresses = bytes("00 01 08 00 00 00 00 01");
  const auto none = ArpView::parse(no_addresses);
  REQUIRE(none);
  CHECK(none->target_protocol().empty());
}

TEST_CASE("an ARP view ignores bytes after its end", "[wire][arp]") {
  const auto padded = with_tail(request);
  const auto view = ArpView::parse(padded);
  REQUIRE(view);
  CHECK(view->header_length() == 28);
  CHECK(to_vector(view->target_protocol()) == bytes("c0 00 02 01"));
}

TEST_CASE("a written ARP packet reads back as it was", "[wire][arp]") {
  const auto seed = GENERATE(range(1u, 50u));
  CAPTURE(seed);
  SeededRandom random{seed};
  const ArpFields fields{random.number<std::uint16_t>(), random.mac(), random.ipv4(), random.mac(),
                         random.ipv4()};

  std::array<std::uint8_t, 28> out{};
  write(fields, out);
  const auto view = ArpView::parse(out);
  REQUIRE(view);
  CHECK(view->is_ipv4_over_ethernet());
  CHECK(ArpFields{view->operation(), MacAddress{view->sender_hardware().first<6>()},
                  Ipv4Address{view->sender_protocol().first<4>()},
                  MacAddress{view->target_hardware().first<6>()},
                  Ipv4Address{view->target_protocol().first<4>()}} == fields);
}
