#include "support/bytes.hpp"
#include "support/catch.hpp"
#include "support/train.hpp"
#include "wire/packet.hpp"

using namespace culvert;
using namespace culvert::offload;
using test::Super;

namespace {

Super super_by(unsigned seed) {
  test::SeededRandom random{seed};
  return test::random_super(random);
}

wire::TcpView tcp_of(Bytes packet, const VirtioHeader& header) {
  return *wire::TcpView::parse(packet.subspan(header.checksum_start));
}

}  // namespace

TEST_CASE("every packet of a train is sound, with every checksum right", "[offload]") {
  const auto seed = GENERATE(range(1u, 200u));
  CAPTURE(seed);
  const auto packets = test::split(super_by(seed));
  REQUIRE(packets.size() >= 2);
  for (std::size_t i = 0; i < packets.size(); ++i) {
    CAPTURE(i);
    CHECK(wire::parse_packet(packets[i]).has_value());
    CHECK(test::checksums_hold(packets[i]));
  }
}

TEST_CASE("the payloads of a train in order are the super-packet's", "[offload]") {
  const auto seed = GENERATE(range(1u, 100u));
  CAPTURE(seed);
  const Super super = super_by(seed);
  test::Buffer joined(super.packet.begin(), super.packet.begin() + super.header.header_length);
  for (const auto& packet : test::split(super)) {
    CHECK(packet.size() <= super.header.header_length + super.header.segment_size);
    test::append(joined, Bytes{packet}.subspan(super.header.header_length));
  }
  CHECK(std::ranges::equal(Bytes{joined}.subspan(super.header.header_length),
                           Bytes{super.packet}.subspan(super.header.header_length)));
}

TEST_CASE("TCP's sequence numbers count, FIN and PSH come last, CWR comes first", "[offload]") {
  const auto seed = GENERATE(range(1u, 100u));
  CAPTURE(seed);
  const Super super = super_by(seed);
  if (super.header.segmentation == Segmentation::udp) return;
  const auto whole = tcp_of(super.packet, super.header);
  const auto packets = test::split(super);
  std::uint32_t sequence = whole.sequence();
  for (std::size_t i = 0; i < packets.size(); ++i) {
    CAPTURE(i);
    const auto tcp = tcp_of(packets[i], super.header);
    const bool last = i + 1 == packets.size();
    CHECK(tcp.sequence() == sequence);
    CHECK(tcp.has(wire::TcpView::psh) == (last && whole.has(wire::TcpView::psh)));
    CHECK(tcp.has(wire::TcpView::fin) == (last && whole.has(wire::TcpView::fin)));
    CHECK(tcp.has(wire::TcpView::cwr) == (i == 0 && whole.has(wire::TcpView::cwr)));
    CHECK(tcp.has(wire::TcpView::ece) == whole.has(wire::TcpView::ece));
    sequence += super.header.segment_size;
  }
}

TEST_CASE("IPv4's identifications count, so that fragments of two packets never mix", "[offload]") {
  const auto seed = GENERATE(range(1u, 100u));
  CAPTURE(seed);
  const Super super = super_by(seed);
  const auto whole = wire::Ipv4View::parse(super.packet);
  if (!whole) return;
  std::uint16_t expected = whole->identification();
  for (const auto& packet : test::split(super))
    CHECK(wire::Ipv4View::parse(packet)->identification() == expected++);
}

TEST_CASE("a header that lies about its packet is refused", "[offload]") {
  const auto seed = GENERATE(range(1u, 50u));
  CAPTURE(seed);
  const Super super = super_by(seed);
  const auto refused = [&](auto lie) {
    VirtioHeader header = super.header;
    lie(header);
    return !SuperPacket::parse(header, super.packet, super.packet.size());
  };
  CHECK(refused([](VirtioHeader& h) { h.segmentation = Segmentation::none; }));
  CHECK(refused([](VirtioHeader& h) { h.needs_checksum = false; }));
  CHECK(refused([](VirtioHeader& h) { h.segment_size = 0; }));
  CHECK(refused([](VirtioHeader& h) { h.checksum_offset = 8; }));
  CHECK(refused([](VirtioHeader& h) { h.checksum_start = 0; }));
  CHECK(refused([](VirtioHeader& h) { h.checksum_start = 65535; }));
  CHECK_FALSE(refused([](VirtioHeader&) {}));
}

TEST_CASE("a super-packet cut off within its headers is refused", "[offload]") {
  const auto seed = GENERATE(range(1u, 20u));
  const Super super = super_by(seed);
  for (std::size_t length = 0; length <= super.header.header_length; ++length) {
    CAPTURE(seed, length);
    const Bytes cut = Bytes{super.packet}.first(length);
    CHECK_FALSE(SuperPacket::parse(super.header, cut, cut.size()));
  }
}

TEST_CASE("a super-packet is known by its headers alone", "[offload]") {
  const auto seed = GENERATE(range(1u, 20u));
  CAPTURE(seed);
  const Super super = super_by(seed);
  const std::size_t size = super.packet.size();
  const Bytes headers = Bytes{super.packet}.first(super.header.header_length);
  const auto parsed = SuperPacket::parse(super.header, headers, size);
  REQUIRE(parsed);
  CHECK(to_hex(parsed->headers()) == to_hex(headers));
  CHECK(parsed->count() == test::split(super).size());
  CHECK_FALSE(SuperPacket::parse(super.header, headers.first(headers.size() - 1), size));
}

TEST_CASE("a checksum left undone is completed, and one outside the packet is refused",
          "[offload]") {
  const auto seed = GENERATE(range(1u, 50u));
  CAPTURE(seed);
  Super super = super_by(seed);
  super.header.segmentation = Segmentation::none;
  REQUIRE(checksum_lies_inside(super.header, super.packet.size()));
  complete_checksum(super.header, super.packet);
  CHECK(test::checksums_hold(super.packet));
  super.header.checksum_offset = 65535;
  CHECK_FALSE(checksum_lies_inside(super.header, super.packet.size()));
}
