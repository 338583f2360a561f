#include "wire/link.hpp"

#include "support/parser.hpp"

using namespace culvert;
using namespace culvert::wire;
using namespace culvert::test;

namespace {

// From us (4), over Ethernet (1), sender 02:00:00:00:00:01 in 6 of 8 bytes, IPv6 inside.
const auto cooked = bytes("00 04  00 01  00 06  02 00 00 00 00 01 00 00  86 dd");
// The same of version 2, on interface 3.
const auto cooked_2 = bytes("86 dd 00 00  00 00 00 03  00 01 04 06  02 00 00 00 00 01 00 00");

}  // namespace

TEST_CASE("a Linux cooked view reads every field", "[wire][link]") {
  const auto view = LinuxCookedView::parse(cooked);
  REQUIRE(view);
  CHECK(view->packet_type() == 4);
  CHECK(view->hardware() == 1);
  CHECK(view->address_length() == 6);
  CHECK(to_vector(view->address()) == bytes("02 00 00 00 00 01"));
  CHECK(view->protocol() == 0x86dd);
  CHECK(view->header_length() == 16);
}

TEST_CASE("a Linux cooked view refuses every truncation of its header", "[wire][link]") {
  refuses_every_truncation(cooked, LinuxCookedView::parse);
}

TEST_CASE("a Linux cooked address is never longer than its 8 bytes, whatever its length says",
          "[wire][link]") {
  CHECK(LinuxCookedView::parse(with_byte(cooked, 4, 0xff))->address().size() == 8);
  CHECK(LinuxCookedView::parse(with_byte(cooked, 5, 0))->address().empty());
}

TEST_CASE("a Linux cooked view of version 2 reads every field", "[wire][link]") {
  const auto view = LinuxCooked2View::parse(cooked_2);
  REQUIRE(view);
  CHECK(view->protocol() == 0x86dd);
  CHECK(view->interface_index() == 3);
  CHECK(view->hardware() == 1);
  CHECK(view->packet_type() == 4);
  CHECK(view->address_length() == 6);
  CHECK(to_vector(view->address()) == bytes("02 00 00 00 00 01"));
  CHECK(view->header_length() == 20);
}

TEST_CASE("a Linux cooked view of version 2 refuses every truncation of its header",
          "[wire][link]") {
  refuses_every_truncation(cooked_2, LinuxCooked2View::parse);
}

TEST_CASE("a Linux cooked address of version 2 is never longer than its 8 bytes", "[wire][link]") {
  CHECK(LinuxCooked2View::parse(with_byte(cooked_2, 11, 0xff))->address().size() == 8);
  CHECK(LinuxCooked2View::parse(with_byte(cooked_2, 11, 0))->address().empty());
}

TEST_CASE("a loopback view reads the family in the byte order of either machine", "[wire][link]") {
  CHECK(LoopbackView::parse(bytes("02 00 00 00"))->family() == 2);   // IPv4, little-endian
  CHECK(LoopbackView::parse(bytes("00 00 00 02"))->family() == 2);   // IPv4, big-endian
  CHECK(LoopbackView::parse(bytes("00 00 00 1e"))->family() == 30);  // IPv6 on macOS
  CHECK(LoopbackView::parse(bytes("02 00 00 00"))->header_length() == 4);
}

TEST_CASE("a loopback view refuses every truncation of its header", "[wire][link]") {
  refuses_every_truncation(bytes("02 00 00 00"), LoopbackView::parse);
}

TEST_CASE("the headers of captures ignore bytes after their end", "[wire][link]") {
  CHECK(LinuxCookedView::parse(with_tail(cooked))->header_length() == 16);
  CHECK(LinuxCooked2View::parse(with_tail(cooked_2))->header_length() == 20);
  CHECK(LoopbackView::parse(with_tail(bytes("02 00 00 00")))->family() == 2);
}
