#include "reassembly.hpp"

#include <algorithm>
#include <numeric>

#include "support/bytes.hpp"
#include "support/catch.hpp"
#include "wire/checksum.hpp"
#include "wire/ipv4.hpp"
#include "wire/ipv6.hpp"

using namespace culvert;
using namespace std::chrono_literals;
using tundump::Fragments;
using tundump::Reassembly;
using Buffer = std::vector<std::uint8_t>;

namespace {

const WallTime noon{std::chrono::hours{12}};

/// Data that a mixed-up order would show in.
Buffer counted(std::size_t size) {
  Buffer data(size);
  std::iota(data.begin(), data.end(), std::uint8_t{0});
  return data;
}

struct Cut {
  std::size_t offset, size;
  bool more;
  std::uint16_t identification = 7;
};

Buffer ipv4_fragment(const Buffer& data, Cut cut) {
  Buffer packet(20);
  wire::write(wire::Ipv4Fields{.total_length = static_cast<std::uint16_t>(20 + cut.size),
                               .identification = cut.identification,
                               .more_fragments = cut.more,
                               .fragment_offset = cut.offset,
                               .source = Ipv4Address{192, 0, 2, 1},
                               .destination = Ipv4Address{192, 0, 2, 2}},
              MutableBytes{packet}.first<20>());
  const auto begin = data.begin() + static_cast<std::ptrdiff_t>(cut.offset);
  packet.insert(packet.end(), begin, begin + static_cast<std::ptrdiff_t>(cut.size));
  return packet;
}

Buffer ipv6_fragment(const Buffer& data, Cut cut) {
  Buffer packet = test::bytes(
      "60 00 00 00 00 00 2c 40 fd 00 00 00 00 00 00 00 00 00 00 00 00 00 00 01"
      "fd 00 00 00 00 00 00 00 00 00 00 00 00 00 00 02"
      "11 00 00 00 00 00 00 07");
  store_be16(MutableBytes{packet}.subspan<4, 2>(), static_cast<std::uint16_t>(8 + cut.size));
  store_be16(MutableBytes{packet}.subspan<42, 2>(),
             static_cast<std::uint16_t>(cut.offset | (cut.more ? 1 : 0)));
  const auto begin = data.begin() + static_cast<std::ptrdiff_t>(cut.offset);
  packet.insert(packet.end(), begin, begin + static_cast<std::ptrdiff_t>(cut.size));
  return packet;
}

/// A Reassembly that is given raw IP packets.
struct Probe {
  Reassembly reassembly;

  std::vector<Fragments> add(const Buffer& packet, WallTime time = noon, std::size_t missing = 0) {
    const capture::CapturedPacket captured{.bytes = Bytes{packet}.first(packet.size() - missing),
                                           .wire_length = static_cast<std::uint32_t>(packet.size()),
                                           .time = time,
                                           .link_type = 101};
    const auto walked =
        wire::Packet::walk(captured.bytes, wire::LinkType::raw_ip, captured.wire_length);
    REQUIRE(Reassembly::is_fragment(walked));
    return reassembly.add(captured, walked, 0);
  }

  /// What the last of them completes.
  std::vector<Fragments> add_all(const std::vector<Buffer>& packets) {
    for (std::size_t i = 0; i + 1 < packets.size(); ++i) REQUIRE(add(packets[i]).empty());
    return add(packets.back());
  }
};

Buffer whole_of(const Fragments& fragments) {
  REQUIRE(fragments.whole);
  const auto packet = fragments.whole->packet();
  CHECK(packet.wire_length == packet.bytes.size());
  CHECK(packet.link_type == 101);
  return {packet.bytes.begin(), packet.bytes.end()};
}

}  // namespace

TEST_CASE("fragments of IPv4 become the datagram that was cut, in whatever order they come",
          "[tundump][reassembly]") {
  const Buffer data = counted(100);
  const std::vector<Buffer> cut{ipv4_fragment(data, {0, 40, true}),
                                ipv4_fragment(data, {40, 32, true}),
                                ipv4_fragment(data, {72, 28, false})};
  const Buffer expected = ipv4_fragment(data, {0, 100, false});
  std::vector<std::size_t> order{0, 1, 2};
  do {
    Probe probe;
    const auto done = probe.add_all({cut[order[0]], cut[order[1]], cut[order[2]]});
    REQUIRE(done.size() == 1);
    CHECK(done[0].packets.size() == 3);
    CHECK(whole_of(done[0]) == expected);
    CHECK(probe.reassembly.held_bytes() == 0);
  } while (std::ranges::next_permutation(order).found);
}

TEST_CASE("fragments of IPv6 become a datagram without a fragment header",
          "[tundump][reassembly]") {
  const Buffer data = counted(100);
  Probe probe;
  const auto done =
      probe.add_all({ipv6_fragment(data, {0, 64, true}), ipv6_fragment(data, {64, 36, false})});
  REQUIRE(done.size() == 1);
  const Buffer whole = whole_of(done[0]);
  const auto view = wire::Ipv6View::parse(whole);
  REQUIRE(view);
  CHECK(view->next_header() == wire::Protocol::udp);
  CHECK(std::ranges::equal(view->payload(), data));
}

TEST_CASE("a fragment that comes twice does no harm", "[tundump][reassembly]") {
  const Buffer data = counted(48);
  const Buffer first = ipv4_fragment(data, {0, 24, true});
  Probe probe;
  const auto done = probe.add_all({first, first, ipv4_fragment(data, {24, 24, false})});
  REQUIRE(done.size() == 1);
  CHECK(done[0].packets.size() == 3);
  CHECK(whole_of(done[0]) == ipv4_fragment(data, {0, 48, false}));
}

TEST_CASE("a datagram is not whole with a gap, an overlap, or a fragment that the capture cut",
          "[tundump][reassembly]") {
  const Buffer data = counted(80);
  const Buffer last = ipv4_fragment(data, {40, 40, false});
  Probe gap, overlap, snapped;
  CHECK(gap.add_all({ipv4_fragment(data, {0, 32, true}), last}).empty());
  CHECK(overlap.add_all({ipv4_fragment(data, {0, 48, true}), last}).empty());
  CHECK(snapped.add(ipv4_fragment(data, {0, 40, true}), noon, 1).empty());
  CHECK(snapped.add(last).empty());
  for (Probe* each : {&gap, &overlap, &snapped}) {
    const auto rest = each->reassembly.rest();
    REQUIRE(rest.size() == 1);
    CHECK_FALSE(rest[0].whole);
    CHECK(rest[0].packets.size() == 2);
  }
}

TEST_CASE("a datagram of more than 65535 bytes is none", "[tundump][reassembly]") {
  const Buffer data = counted(65528 + 100);
  Probe probe;
  CHECK(
      probe
          .add_all({ipv4_fragment(data, {0, 65000, true}), ipv4_fragment(data, {65000, 528, true}),
                    ipv4_fragment(data, {65528, 100, false})})
          .empty());
}

TEST_CASE("fragments with another identification belong to another datagram",
          "[tundump][reassembly]") {
  const Buffer data = counted(48);
  Probe probe;
  CHECK(
      probe
          .add_all({ipv4_fragment(data, {0, 24, true, 1}), ipv4_fragment(data, {24, 24, false, 2})})
          .empty());
}

TEST_CASE("nobody waits for a fragment longer than Linux does, as identifications come again",
          "[tundump][reassembly]") {
  const Buffer data = counted(48);
  const Buffer first = ipv4_fragment(data, {0, 24, true});
  Probe probe;
  CHECK(probe.add(first).empty());
  const auto given_up = probe.add(first, noon + Reassembly::patience + 1s);
  REQUIRE(given_up.size() == 1);
  CHECK_FALSE(given_up[0].whole);
  const auto done =
      probe.add(ipv4_fragment(data, {24, 24, false}), noon + Reassembly::patience + 2s);
  REQUIRE(done.size() == 1);
  CHECK(whole_of(done[0]) == ipv4_fragment(data, {0, 48, false}));
}

TEST_CASE("a flood of beginnings stays within its memory, and none of it is lost",
          "[tundump][reassembly]") {
  const Buffer data = counted(1480);
  constexpr std::size_t flood = 20'000;
  Probe probe;
  std::size_t given_back = 0;
  for (std::size_t i = 0; i < flood; ++i) {
    const auto identification = static_cast<std::uint16_t>(i);
    for (const Fragments& each : probe.add(ipv4_fragment(data, {0, 1480, true, identification})))
      given_back += each.packets.size();
    REQUIRE(probe.reassembly.held_bytes() <= Reassembly::most_bytes);
  }
  CHECK(given_back > 0);
  CHECK(given_back + probe.reassembly.rest().size() == flood);
  CHECK(probe.reassembly.held_bytes() == 0);
}

TEST_CASE("a datagram in more fragments than any honest one is given up", "[tundump][reassembly]") {
  const Buffer data = counted(8);
  Probe probe;
  std::size_t given_back = 0;
  for (std::size_t i = 0; i < 10 * Reassembly::most_fragments; ++i) {
    for (const Fragments& each : probe.add(ipv4_fragment(data, {0, 8, true})))
      given_back += each.packets.size();
  }
  CHECK(given_back == 9 * Reassembly::most_fragments);
}
