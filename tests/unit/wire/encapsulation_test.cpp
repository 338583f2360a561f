#include "wire/encapsulation.hpp"

#include "support/parser.hpp"
#include "support/random_packet.hpp"
#include "wire/packet.hpp"
#include "wire/wireguard.hpp"

using namespace culvert;
using namespace culvert::wire;
using namespace culvert::test;

namespace {

const auto snap = bytes("aa aa 03 00 00 00 08 00");
const auto supervisory = bytes("f0 f0 01 05");
// Version 0 with checksum, key 7 and sequence number 9, IPv4 inside.
const auto gre = bytes("b0 00 08 00  12 34 00 00  00 00 00 07  00 00 00 09");
const auto vxlan = bytes("08 00 00 00 01 02 03 00");
// TCP next, six words, index 256, number 32.
const auto ah = bytes("06 04 00 00  00 00 01 00  00 00 00 20  01 02 03 04 05 06 07 08 09 0a 0b 0c");

std::vector<std::uint8_t> wireguard_message(std::uint8_t type, std::size_t size) {
  std::vector<std::uint8_t> message(size);
  message[0] = type;
  message[4] = 0x11;
  message[8] = 0x22;
  return message;
}

}  // namespace

TEST_CASE("an LLC view reads SNAP, and a control field of one or two bytes", "[wire][encapsulation]") {
  const auto longer = with_tail(snap);
  const auto view = LlcView::parse(longer);
  REQUIRE(view);
  CHECK(view->is_snap());
  CHECK(view->control() == 3);
  CHECK(view->organisation() == 0);
  CHECK(view->protocol() == 0x0800);
  CHECK(view->header_length() == 8);

  const auto two_bytes = LlcView::parse(supervisory);
  REQUIRE(two_bytes);
  CHECK(two_bytes->destination() == 0xf0);
  CHECK(two_bytes->control() == 0x0501);
  CHECK(two_bytes->header_length() == 4);
}

TEST_CASE("a GRE view reads the fields whose bits are set", "[wire][encapsulation]") {
  const auto longer = with_tail(gre);
  const auto view = GreView::parse(longer);
  REQUIRE(view);
  CHECK(view->version() == 0);
  CHECK(view->protocol() == 0x0800);
  CHECK(view->key() == 7u);
  CHECK(view->sequence() == 9u);
  CHECK(view->header_length() == 16);

  const auto bare_bytes = bytes("00 00 86 dd");
  const auto bare = GreView::parse(bare_bytes);
  REQUIRE(bare);
  CHECK_FALSE(bare->key());
  CHECK_FALSE(bare->sequence());
  CHECK(bare->header_length() == 4);
}

TEST_CASE("VXLAN, AH and ESP views read every field", "[wire][encapsulation]") {
  CHECK(VxlanView::parse(vxlan)->network() == 0x010203);
  const auto authentication = AhView::parse(ah);
  REQUIRE(authentication);
  CHECK(authentication->next_header() == Protocol::tcp);
  CHECK(authentication->header_length() == 24);
  CHECK(authentication->spi() == 256);
  CHECK(authentication->sequence() == 32);
  const auto esp_bytes = bytes("00 00 01 02 00 00 00 03");
  const auto esp = EspView::parse(esp_bytes);
  REQUIRE(esp);
  CHECK(esp->spi() == 0x102);
  CHECK(esp->sequence() == 3);
}

TEST_CASE("views of encapsulations refuse every truncation of their headers", "[wire][encapsulation]") {
  refuses_every_truncation(snap, LlcView::parse);
  refuses_every_truncation(supervisory, LlcView::parse);
  refuses_every_truncation(gre, GreView::parse);
  refuses_every_truncation(vxlan, VxlanView::parse);
  refuses_every_truncation(ah, AhView::parse);
  refuses_every_truncation(bytes("00 00 01 02 00 00 00 03"), EspView::parse);
}

TEST_CASE("an AH view refuses a length below its fixed fields", "[wire][encapsulation]") {
  const auto view = AhView::parse(with_byte(ah, 1, 0));
  REQUIRE_FALSE(view);
  check_error(view.error(), Fault::bad_length, "payload length", 12, 8);
}

TEST_CASE("a WireGuard view reads who speaks to whom in each of the four messages", "[wire][wireguard]") {
  const auto initiation_bytes = wireguard_message(1, 148);
  const auto initiation = WireguardView::parse(initiation_bytes);
  REQUIRE(initiation);
  CHECK(initiation->sender() == 0x11u);
  CHECK_FALSE(initiation->receiver());
  const auto response_bytes = wireguard_message(2, 92);
  const auto response = WireguardView::parse(response_bytes);
  REQUIRE(response);
  CHECK(response->sender() == 0x11u);
  CHECK(response->receiver() == 0x22u);
  const auto cookie_bytes = wireguard_message(3, 64);
  const auto cookie = WireguardView::parse(cookie_bytes);
  REQUIRE(cookie);
  CHECK(cookie->receiver() == 0x11u);
  const auto data_bytes = wireguard_message(4, 32);
  const auto data = WireguardView::parse(data_bytes);
  REQUIRE(data);
  CHECK(data->receiver() == 0x11u);
  CHECK(data->counter() == 0x22u);
}

TEST_CASE("a WireGuard view refuses every truncation of what can be read, and other types", "[wire][wireguard]") {
  refuses_every_truncation(wireguard_message(1, 148), WireguardView::parse);
  refuses_every_truncation(wireguard_message(4, 16), WireguardView::parse);
  CHECK(WireguardView::parse(wireguard_message(5, 148)).error().fault == Fault::bad_version);
}

TEST_CASE("a datagram is taken for WireGuard only if type, zeros and length agree", "[wire][wireguard]") {
  CHECK(WireguardView::fits(wireguard_message(1, 148), 148));
  CHECK_FALSE(WireguardView::fits(wireguard_message(1, 148), 149));
  CHECK(WireguardView::fits(wireguard_message(4, 20), 32));  // the capture holds 20 bytes of 32
  CHECK_FALSE(WireguardView::fits(wireguard_message(4, 31), 31));
  CHECK_FALSE(WireguardView::fits(bytes("01 00 01 00"), 148));
}

TEST_CASE("a walk finds the frame inside an 802.3 length and SNAP", "[wire][packet]") {
  auto frame = bytes("ff ff ff ff ff ff 02 00 00 00 00 01 00 24");  // 36 bytes: 8 of LLC and SNAP, 28 of IPv4
  append(frame, snap);
  append(frame, bytes("45 00 00 1c 00 01 00 00 40 01 66 de 0a 00 00 01 0a 00 00 02 08 00 f7 fe 00 00 00 01"));
  append(frame, bytes("00 00 00 00"));  // padding
  const Packet packet = Packet::walk(frame, LinkType::ethernet);
  REQUIRE(packet.layers().size() == 4);
  CHECK(packet.layers()[1].layer == Layer::llc);
  CHECK(packet.layers()[1].length == 36);
  CHECK(packet.layers()[3].layer == Layer::icmp);
}
