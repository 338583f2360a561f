#include "wire/udp.hpp"

#include "support/parser.hpp"
#include "support/seeded_random.hpp"

using namespace culvert;
using namespace culvert::wire;
using namespace culvert::test;

namespace {

// From port 40000 to port 53, 10 bytes in all.
const auto datagram = bytes("9c 40 00 35 00 0a 12 34  61 62");

}  // namespace

TEST_CASE("a UDP view reads every field", "[wire][udp]") {
  const auto view = UdpView::parse(datagram);
  REQUIRE(view);
  CHECK(view->source_port() == 40000);
  CHECK(view->destination_port() == 53);
  CHECK(view->length() == 10);
  CHECK(view->checksum() == 0x1234);
  CHECK(view->header_length() == 8);
  CHECK(to_vector(view->payload()) == bytes("61 62"));
}

TEST_CASE("a UDP view refuses every truncation of a good datagram", "[wire][udp]") {
  refuses_every_truncation(datagram, UdpView::parse);
}

TEST_CASE("a UDP header alone may end with the datagram's beginning, but must be whole itself",
          "[wire][udp]") {
  refuses_every_truncation(Bytes{datagram}.first(8), UdpView::parse_header);
  const auto view = UdpView::parse_header(Bytes{datagram}.first(9));
  REQUIRE(view);
  CHECK(view->length() == 10);
  CHECK(to_vector(view->payload()) == bytes("61"));
}

TEST_CASE("a UDP view refuses every length below 8 and one past the end", "[wire][udp]") {
  for (std::uint8_t length = 0; length < 8; ++length) {
    CAPTURE(length);
    const auto view = UdpView::parse(with_byte(datagram, 5, length));
    REQUIRE_FALSE(view);
    check_error(view.error(), Fault::bad_length, "length", 8, length);
  }
  const auto view = UdpView::parse(with_byte(datagram, 5, 11));
  REQUIRE_FALSE(view);
  check_error(view.error(), Fault::truncated, "length", 11, 10);
}

TEST_CASE("a UDP view ignores bytes after its end", "[wire][udp]") {
  CHECK(UdpView::parse(with_tail(datagram))->payload().size() == 2);
  CHECK(UdpView::parse_header(with_tail(datagram))->payload().size() == 2);
}

TEST_CASE("a written UDP header reads back as it was", "[wire][udp]") {
  const auto seed = GENERATE(range(1u, 50u));
  CAPTURE(seed);
  SeededRandom random{seed};
  const UdpFields fields{random.number<std::uint16_t>(), random.number<std::uint16_t>(),
                         static_cast<std::uint16_t>(8 + random.below(65528)),
                         random.number<std::uint16_t>()};
  std::array<std::uint8_t, 8> out{};
  write(fields, out);
  const auto view = UdpView::parse_header(out);
  REQUIRE(view);
  CHECK(UdpFields{view->source_port(), view->destination_port(), view->length(),
                  view->checksum()} == fields);
}
