#include "wire/tcp.hpp"

#include "support/parser.hpp"
#include "support/seeded_random.hpp"

using namespace culvert;
using namespace culvert::wire;
using namespace culvert::test;

namespace {

// A SYN from port 40000 to port 80 that announces segments of 1460 bytes and carries 2 bytes of data.
const auto segment = bytes(
    "9c 40 00 50  11 22 33 44  55 66 77 88  60 02 fa f0  ab cd 00 09"
    "02 04 05 b4"
    "61 62");

}  // namespace

TEST_CASE("a TCP view reads every field", "[wire][tcp]") {
  const auto view = TcpView::parse(segment);
  REQUIRE(view);
  CHECK(view->source_port() == 40000);
  CHECK(view->destination_port() == 80);
  CHECK(view->sequence() == 0x11223344);
  CHECK(view->acknowledgment() == 0x55667788);
  CHECK(view->header_length() == 24);
  CHECK(view->flags() == TcpView::syn);
  CHECK(view->window() == 64240);
  CHECK(view->checksum() == 0xabcd);
  CHECK(view->urgent_pointer() == 9);
  CHECK(to_vector(view->payload()) == bytes("61 62"));

  auto options = view->options();
  const auto option = options.next();
  REQUIRE(option);
  CHECK(option->kind == tcp_option::max_segment_size);
  CHECK(to_vector(option->data) == bytes("05 b4"));
  CHECK_FALSE(options.next());
}

TEST_CASE("each TCP flag has its own bit", "[wire][tcp]") {
  constexpr unsigned flags[] = {TcpView::fin, TcpView::syn, TcpView::rst,
                                TcpView::psh, TcpView::ack, TcpView::urg,
                                TcpView::ece, TcpView::cwr, TcpView::ae};
  for (const unsigned flag : flags) {
    CAPTURE(flag);
    std::array<std::uint8_t, 20> out{};
    write(TcpFields{.flags = flag}, out);
    const auto view = TcpView::parse(out);
    REQUIRE(view);
    CHECK(view->flags() == flag);
    for (const unsigned other : flags) CHECK(view->has(other) == (other == flag));
  }
}

TEST_CASE("a TCP view refuses every truncation of its header", "[wire][tcp]") {
  refuses_every_truncation(Bytes{segment}.first(24), TcpView::parse);
}

TEST_CASE("a TCP view refuses every data offset below 20 bytes or past the end", "[wire][tcp]") {
  for (std::uint8_t words = 0; words < 5; ++words) {
    CAPTURE(words);
    const auto view = TcpView::parse(with_byte(segment, 12, static_cast<std::uint8_t>(words << 4)));
    REQUIRE_FALSE(view);
    check_error(view.error(), Fault::bad_length, "data offset", 20, words * 4u);
  }
  const auto view = TcpView::parse(with_byte(segment, 12, 0x70));  // 28 of 26 bytes
  REQUIRE_FALSE(view);
  check_error(view.error(), Fault::truncated, "data offset", 28, 26);
}

TEST_CASE("TCP has no length of its own: all that follows is its payload", "[wire][tcp]") {
  CHECK(TcpView::parse(with_tail(segment))->payload().size() == 6);
}

TEST_CASE("a written TCP header reads back as it was", "[wire][tcp]") {
  const auto seed = GENERATE(range(1u, 50u));
  CAPTURE(seed);
  SeededRandom random{seed};
  const TcpFields fields{.source_port = random.number<std::uint16_t>(),
                         .destination_port = random.number<std::uint16_t>(),
                         .sequence = random.number<std::uint32_t>(),
                         .acknowledgment = random.number<std::uint32_t>(),
                         .flags = random.below(512),
                         .window = random.number<std::uint16_t>(),
                         .checksum = random.number<std::uint16_t>(),
                         .urgent_pointer = random.number<std::uint16_t>()};
  std::array<std::uint8_t, 20> out{};
  write(fields, out);
  const auto view = TcpView::parse(out);
  REQUIRE(view);
  CHECK(TcpFields{view->source_port(), view->destination_port(), view->sequence(),
                  view->acknowledgment(), view->flags(), view->window(), view->checksum(),
                  view->urgent_pointer()} == fields);
}
