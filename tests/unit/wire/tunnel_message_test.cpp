#include "wire/tunnel_message.hpp"

#include "support/bytes.hpp"
#include "support/catch.hpp"

using namespace culvert;
using namespace culvert::wire;
using culvert::test::bytes;

// Our header, then a 28-byte ICMP echo from 10.0.0.1 to 10.0.0.2.
const auto message = bytes(
    "05 00 00 00"
    "45 00 00 1c 00 01 00 00 40 01 66 de 0a 00 00 01 0a 00 00 02"
    "08 00 f7 fe 00 01 00 00");

TEST_CASE("a tunnel message is its packet behind four bytes", "[wire][tunnel_message]") {
  const auto view = TunnelMessageView::parse(message);
  REQUIRE(view);
  CHECK(view->packet().data() == message.data() + 4);
  CHECK(view->packet().size() == 28);
  CHECK_FALSE(view->is_hello());
}

TEST_CASE("a tunnel message without a packet is a hello", "[wire][tunnel_message]") {
  const auto view = TunnelMessageView::parse(Bytes{message}.first(4));
  REQUIRE(view);
  CHECK(view->is_hello());
}

TEST_CASE("a tunnel message needs its four bytes", "[wire][tunnel_message]") {
  for (std::size_t length = 0; length < 4; ++length) {
    CAPTURE(length);
    const auto view = TunnelMessageView::parse(Bytes{message}.first(length));
    REQUIRE_FALSE(view);
    CHECK(view.error().layer == Layer::tunnel_message);
    CHECK(view.error().fault == Fault::truncated);
    CHECK(view.error().needed == 4);
    CHECK(view.error().found == length);
  }
}

TEST_CASE("a tunnel message has type 5, so WireGuard's types 1 to 4 are none",
          "[wire][tunnel_message]") {
  const unsigned type = GENERATE(0u, 1u, 2u, 3u, 4u, 6u, 0x45u, 255u);
  CAPTURE(type);
  auto other = message;
  other[0] = static_cast<std::uint8_t>(type);
  const auto view = TunnelMessageView::parse(other);
  REQUIRE_FALSE(view);
  CHECK(view.error().fault == Fault::bad_version);
  CHECK(view.error().field.name == "type");
  CHECK(view.error().found == type);
}

TEST_CASE("a tunnel message's reserved bytes are zero", "[wire][tunnel_message]") {
  const std::size_t offset = GENERATE(1u, 2u, 3u);
  auto other = message;
  other[offset] = 1;
  const auto view = TunnelMessageView::parse(other);
  REQUIRE_FALSE(view);
  CHECK(view.error().field.name == "reserved");
}

TEST_CASE("a written tunnel header is parsed back", "[wire][tunnel_message]") {
  std::array<std::uint8_t, 4> header;
  header.fill(0xff);
  write_tunnel_header(header);
  CHECK(TunnelMessageView::parse(header));
  CHECK(std::equal(header.begin(), header.end(), message.begin()));
}
