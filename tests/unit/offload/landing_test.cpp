#include "offload/landing.hpp"

#include "support/bytes.hpp"
#include "support/catch.hpp"
#include "support/count_allocations.hpp"
#include "support/train.hpp"

using namespace culvert;
using namespace culvert::offload;
using test::Buffer;
using test::Super;

namespace {

constexpr auto with_headers = Landing::Frames::with_virtio_headers;

Buffer frame_of(const Super& super) {
  Buffer frame(VirtioHeader::size);
  write(super.header, MutableBytes{frame}.first<VirtioHeader::size>());
  test::append(frame, super.packet);
  return frame;
}

/// What the kernel's readv() does.
std::size_t read_to(std::span<const MutableBytes> places, Bytes frame) {
  REQUIRE(places.size() <= Landing::max_places);
  const std::size_t size = frame.size();
  for (const MutableBytes place : places) {
    const Bytes share = frame.first(std::min(place.size(), frame.size()));
    copy_bytes(share, place);
    frame = frame.subspan(share.size());
  }
  REQUIRE(frame.empty());
  return size;
}

/// A packet as the engine leaves it: longer on both sides, and nothing of it as it was.
void seal(PacketBuffer& packet) {
  packet.prepend(PacketBuffer::head_room);
  packet.append(PacketBuffer::tail_room);
  std::ranges::fill(packet.bytes(), std::uint8_t{0xee});
}

/// The packets of one frame; each is destroyed before the next one is asked for.
std::vector<Buffer> land(Landing& landing, Bytes frame) {
  if (!landing.has_room()) landing.clear();
  const std::size_t count = landing.take(read_to(landing.places(), frame));
  std::vector<Buffer> packets;
  for (std::size_t i = 0; i < count; ++i) {
    if (!landing.has_room_for(i)) landing.clear();
    PacketBuffer packet = landing.packet(i);
    packets.emplace_back(packet.bytes().begin(), packet.bytes().end());
    seal(packet);
  }
  return packets;
}

std::vector<Buffer> land(Landing& landing, const Super& super) {
  return land(landing, frame_of(super));
}

/// A packet that nobody wants cut.
Super single(test::SeededRandom& random) { return {{}, test::random_packet(random)}; }

/// Some train in which a packet is as long as a network takes.
Super long_super(test::SeededRandom& random) {
  return random_super(random, 1200 + random.below(200));
}

/// Another one of the same flow: as many bytes of headers and of payload in each packet, but `size` bytes in all.
Super like(const Super& super, std::size_t size, test::SeededRandom& random) {
  Super next = super;
  next.packet.resize(super.header.header_length);
  test::append(next.packet, random.bytes(size - next.packet.size()));
  const auto length = static_cast<std::uint16_t>(size - next.header.checksum_start);
  if (next.packet[0] >> 4 == 4)
    store_be16(MutableBytes{next.packet}.subspan<2, 2>(), static_cast<std::uint16_t>(size));
  else
    store_be16(MutableBytes{next.packet}.subspan<4, 2>(), static_cast<std::uint16_t>(size - 40));
  const MutableBytes segment = MutableBytes{next.packet}.subspan(next.header.checksum_start);
  if (next.header.segmentation == Segmentation::udp) store_be16(segment.subspan<4, 2>(), length);
  return next;
}

/// One that is cut into at most as many packets.
Super not_longer(const Super& super, test::SeededRandom& random) {
  const std::size_t one_packet =
      std::size_t{super.header.header_length} + super.header.segment_size;
  const std::size_t more = super.packet.size() - one_packet;
  return like(super, one_packet + 1 + random.below(static_cast<std::uint32_t>(more)), random);
}

}  // namespace

TEST_CASE("whatever was foretold, the packets are those that cutting gives", "[offload]") {
  const auto seed = GENERATE(range(1u, 40u));
  CAPTURE(seed);
  test::SeededRandom random{seed};
  Landing landing{with_headers};
  for (int i = 0; i < 20; ++i) {
    CAPTURE(i);
    const bool any = random.coin();
    const Super super = any ? test::random_super(random) : long_super(random);
    CHECK(land(landing, super) == test::split(super));
    const Super alone = single(random);
    CHECK(land(landing, alone) == std::vector<Buffer>{alone.packet});
  }
}

TEST_CASE("a super-packet that is cut like the one before it is not copied", "[offload]") {
  const auto seed = GENERATE(range(1u, 30u));
  CAPTURE(seed);
  test::SeededRandom random{seed};
  const Super first = long_super(random);
  Landing landing{with_headers};
  CHECK(land(landing, first) == test::split(first));
  CHECK(landing.copies() == test::split(first).size());
  for (int i = 0; i < 20; ++i) {
    CAPTURE(i);
    land(landing, first);
    const std::uint64_t before = landing.copies();
    const Super next = not_longer(first, random);
    CHECK(land(landing, next) == test::split(next));
    CHECK(landing.copies() == before);
    land(landing, first);
  }
}

TEST_CASE("cutting by copying gives the same packets, each of them copied", "[offload]") {
  const auto seed = GENERATE(range(1u, 20u));
  CAPTURE(seed);
  test::SeededRandom random{seed};
  Landing landing{with_headers, Landing::Cutting::by_copying};
  std::size_t cut = 0;
  for (int i = 0; i < 5; ++i) {
    const Super super = long_super(random);
    cut += test::split(super).size();
    CHECK(land(landing, super) == test::split(super));
    CHECK(landing.copies() == cut);
  }
}

TEST_CASE("of one that is longer than foretold only the further packets are copied", "[offload]") {
  const auto seed = GENERATE(range(1u, 20u));
  CAPTURE(seed);
  test::SeededRandom random{seed};
  const Super first = long_super(random);
  Landing landing{with_headers};
  land(landing, first);
  const Super longer = like(first, first.packet.size() + 20'000, random);
  const std::uint64_t before = landing.copies();
  CHECK(land(landing, longer) == test::split(longer));
  CHECK(landing.copies() - before == test::split(longer).size() - test::split(first).size());
  const Super again = like(longer, longer.packet.size(), random);
  CHECK(land(landing, again) == test::split(again));
  CHECK(landing.copies() - before == test::split(longer).size() - test::split(first).size());
}

TEST_CASE("a small packet is not copied, and makes hardly any difference to what is foretold",
          "[offload]") {
  const auto seed = GENERATE(range(1u, 20u));
  CAPTURE(seed);
  test::SeededRandom random{seed};
  const Super first = long_super(random);
  Landing landing{with_headers};
  land(landing, first);
  for (int i = 0; i < 20; ++i) {
    const std::uint64_t before = landing.copies();
    const Super acknowledgment = single(random);
    CHECK(land(landing, acknowledgment) == std::vector<Buffer>{acknowledgment.packet});
    CHECK(landing.copies() == before);
    CHECK(land(landing, first) == test::split(first));
    CHECK(landing.copies() <= before + 1);
  }
}

TEST_CASE("one that is cut in another way is copied once, and the next one like it is not",
          "[offload]") {
  const auto seed = GENERATE(range(1u, 30u));
  CAPTURE(seed);
  test::SeededRandom random{seed};
  Landing landing{with_headers};
  land(landing, long_super(random));
  for (int i = 0; i < 5; ++i) {
    // Another flow: IPv4 or IPv6, TCP or UDP, with more or fewer options, with shorter or longer packets.
    const Super other = long_super(random);
    const std::uint64_t before = landing.copies();
    CHECK(land(landing, other) == test::split(other));
    const std::uint64_t copied = landing.copies() - before;
    CHECK(copied <= test::split(other).size());
    const Super next = not_longer(other, random);
    CHECK(land(landing, next) == test::split(next));
    CHECK(landing.copies() == before + copied);
  }
}

TEST_CASE("another header length alone makes the foretelling wrong", "[offload]") {
  test::SeededRandom random{1};
  Landing landing{with_headers};
  Super with_options = long_super(random);
  while (with_options.header.segmentation == Segmentation::udp) with_options = long_super(random);
  land(landing, with_options);
  // What the headers lose the payload gets: the packets are as long as before.
  Super without = with_options;
  const std::size_t tcp = without.header.checksum_start;
  const std::size_t longer = without.header.header_length - tcp - 20;
  if (longer == 0) return;
  without.packet[tcp + 12] = 0x50;
  without.header.header_length = static_cast<std::uint16_t>(tcp + 20);
  without.header.segment_size = static_cast<std::uint16_t>(without.header.segment_size + longer);
  const std::uint64_t before = landing.copies();
  CHECK(land(landing, without) == test::split(without));
  CHECK(landing.copies() == before + test::split(without).size());
}

TEST_CASE("packets without virtio headers are never copied", "[offload]") {
  test::SeededRandom random{2};
  Landing landing{Landing::Frames::bare_packets};
  for (int i = 0; i < 500; ++i) {
    const Buffer packet = random.bytes(1 + random.below(65535));
    CHECK(land(landing, packet) == std::vector<Buffer>{packet});
  }
  CHECK(landing.copies() == 0);
}

TEST_CASE("what was landed stays where it is until it is let go", "[offload]") {
  test::SeededRandom random{3};
  Landing landing{with_headers};
  const Super first = like(long_super(random), 60'000, random);
  land(landing, first);
  std::vector<PacketBuffer> kept;
  std::vector<Buffer> expected;
  for (landing.clear(); landing.has_room();) {
    const Super next = not_longer(first, random);
    const std::size_t count = landing.take(read_to(landing.places(), frame_of(next)));
    for (std::size_t i = 0; i < count; ++i) kept.push_back(landing.packet(i));
    for (const Buffer& packet : test::split(next)) expected.push_back(packet);
  }
  REQUIRE(kept.size() == expected.size());
  REQUIRE(kept.size() > 60);  // of more than one super-packet
  for (std::size_t i = 0; i < kept.size(); ++i)
    CHECK(std::ranges::equal(kept[i].bytes(), expected[i]));
}

TEST_CASE("a frame whose virtio header is not true is no packet", "[offload]") {
  Landing landing{with_headers};
  test::SeededRandom random{4};
  Super super = single(random);
  CHECK(land(landing, Bytes{frame_of(super)}.first(VirtioHeader::size)).empty());
  super.header.needs_checksum = true;
  super.header.checksum_start = 60'000;
  CHECK(land(landing, super).empty());
  Buffer unknown = frame_of(single(random));
  unknown[1] = 2;
  CHECK(land(landing, unknown).empty());
}

TEST_CASE("a checksum that was left undone is completed where the packet lies", "[offload]") {
  const auto seed = GENERATE(range(1u, 20u));
  CAPTURE(seed);
  test::SeededRandom random{seed};
  Landing landing{with_headers};
  Super super = long_super(random);
  if (random.coin())
    land(landing, super);  // also where it is longer than any packet was foretold to be
  super.header.segmentation = Segmentation::none;
  const auto packets = land(landing, super);
  REQUIRE(packets.size() == 1);
  CHECK(test::checksums_hold(packets[0]));
}

TEST_CASE("a landing allocates nothing", "[offload]") {
  test::SeededRandom random{5};
  Landing landing{with_headers};
  const Buffer long_frame = frame_of(long_super(random));
  const Buffer short_frame = frame_of(test::random_super(random));
  CHECK(test::count_allocations([&] {
          for (const Buffer* frame : {&long_frame, &long_frame, &short_frame}) {
            if (!landing.has_room()) landing.clear();
            const std::size_t count = landing.take(read_to(landing.places(), *frame));
            for (std::size_t i = 0; i < count; ++i) {
              if (!landing.has_room_for(i)) landing.clear();
              landing.packet(i);
            }
          }
        }) == 0);
}
