#include "offload/coalesce.hpp"

#include "support/bytes.hpp"
#include "support/catch.hpp"
#include "support/count_allocations.hpp"
#include "support/train.hpp"

using namespace culvert;
using namespace culvert::offload;
using test::Buffer;
using test::Super;

namespace {

Super frame_of(Coalescer& coalescer, std::size_t index) {
  const auto frame = coalescer.frame(index);
  Super super{frame.header, {}};
  for (const Bytes piece : frame.pieces) test::append(super.packet, piece);
  return super;
}

std::vector<Super> coalesce(std::vector<Buffer>& packets, Joinable joinable = {}) {
  Coalescer coalescer{joinable};
  for (Buffer& packet : packets) coalescer.add(packet);
  std::vector<Super> frames;
  for (std::size_t i = 0; i < coalescer.frames(); ++i) frames.push_back(frame_of(coalescer, i));
  return frames;
}

/// Trains of one kind are common; those of TCP take several seeds to come by.
Super tcp_super(unsigned seed) {
  test::SeededRandom random{seed};
  Super super = test::random_super(random);
  while (super.header.segmentation == Segmentation::udp) super = test::random_super(random);
  return super;
}

}  // namespace

TEST_CASE("coalescing what was split gives the super-packet back, bit for bit", "[offload]") {
  const auto seed = GENERATE(range(1u, 400u));
  CAPTURE(seed);
  test::SeededRandom random{seed};
  const Super super = test::random_super(random);
  auto packets = test::split(super);
  const auto frames = coalesce(packets);
  REQUIRE(frames.size() == 1);
  CHECK(frames[0].header == super.header);
  CHECK(to_hex(frames[0].packet) == to_hex(super.packet));
}

TEST_CASE("splitting what was coalesced gives every packet back, each flow in its order",
          "[offload]") {
  const auto seed = GENERATE(range(1u, 100u));
  CAPTURE(seed);
  test::SeededRandom random{seed};
  std::vector<std::vector<Buffer>> flows;
  for (int i = 0; i < 4; ++i) flows.push_back(test::split(test::random_super(random)));

  std::vector<Buffer> mixed;  // as several flows come out of one tunnel
  std::vector<std::size_t> taken(flows.size());
  for (bool more = true; more;) {
    more = false;
    for (std::size_t flow = 0; flow < flows.size(); ++flow) {
      if (taken[flow] == flows[flow].size()) continue;
      more = true;
      if (random.coin()) mixed.push_back(flows[flow][taken[flow]++]);
    }
  }

  std::vector<Buffer> apart;
  for (const Super& frame : coalesce(mixed)) {
    if (frame.header.segmentation == Segmentation::none)
      apart.push_back(frame.packet);
    else
      for (Buffer& packet : test::split(frame)) apart.push_back(packet);
  }
  for (const auto& flow : flows) {
    auto at = apart.begin();
    for (const Buffer& packet : flow) {
      at = std::find(at, apart.end(), packet);
      REQUIRE(at != apart.end());
      ++at;
    }
  }
}

TEST_CASE("packets that need nothing come out as they went in", "[offload]") {
  const auto seed = GENERATE(range(1u, 50u));
  CAPTURE(seed);
  test::SeededRandom random{seed};
  std::vector<Buffer> packets;
  for (int i = 0; i < 10; ++i) packets.push_back(test::random_packet(random));
  const auto before = packets;
  const auto frames = coalesce(packets);
  REQUIRE(frames.size() == packets.size());
  for (std::size_t i = 0; i < frames.size(); ++i) {
    CHECK(frames[i].packet == before[i]);
    CHECK(frames[i].header == VirtioHeader{});
  }
}

TEST_CASE("a broken packet stays alone, as it was", "[offload]") {
  const auto seed = GENERATE(range(1u, 60u));
  CAPTURE(seed);
  test::SeededRandom random{seed};
  auto packets = test::split(test::random_super(random));
  Buffer& broken = packets[random.below(static_cast<std::uint32_t>(packets.size()))];
  broken.back() ^= 1;
  const Buffer before = broken;
  const auto frames = coalesce(packets);
  CHECK(std::ranges::count(frames, before, &Super::packet) == 1);
}

TEST_CASE("a gap in the sequence, another acknowledgment or window begins a new frame",
          "[offload]") {
  const auto seed = GENERATE(range(1u, 20u));
  CAPTURE(seed);
  const Super super = tcp_super(seed);
  const std::size_t tcp = super.header.checksum_start;
  for (const std::size_t field : {std::size_t{7}, std::size_t{11}, std::size_t{15}}) {
    CAPTURE(field);
    auto packets = test::split(super);
    auto& second = packets[1];
    // The checksum moves with the field, so that nothing but the field is to blame.
    const std::size_t word = tcp + field - 1;
    const auto before = load_be16(Bytes{second}.subspan(word).first<2>());
    second[tcp + field] ^= 2;
    const auto after = load_be16(Bytes{second}.subspan(word).first<2>());
    const auto checksum = MutableBytes{second}.subspan(tcp + 16).first<2>();
    const auto sum = static_cast<std::uint16_t>(~load_be16(checksum));
    store_be16(checksum,
               static_cast<std::uint16_t>(~wire::add_ones_complement(
                   wire::add_ones_complement(sum, static_cast<std::uint16_t>(~before)), after)));
    REQUIRE(test::checksums_hold(second));
    CHECK(coalesce(packets).size() >= 2);
  }
}

TEST_CASE("nothing joins a packet that TCP wants delivered now", "[offload]") {
  Super super = tcp_super(7);
  super.packet[super.header.checksum_start + 13u] |= wire::TcpView::psh;
  auto first = test::split(super);
  REQUIRE(coalesce(first).size() == 1);

  auto again = test::split(
      super);  // the same train twice: its second half has to wait for a frame of its own
  const auto copy = again;
  again.insert(again.end(), copy.begin(), copy.end());
  CHECK(coalesce(again).size() == 2);
}

TEST_CASE("what the kernel does not take uncut is not joined", "[offload]") {
  const auto seed = GENERATE(range(1u, 20u));
  CAPTURE(seed);
  test::SeededRandom random{seed};
  const Super super = test::random_super(random);
  const bool udp = super.header.segmentation == Segmentation::udp;
  auto packets = test::split(super);
  CHECK(coalesce(packets, {.tcp = udp, .udp = !udp}).size() == packets.size());
}

TEST_CASE("a super-packet never grows beyond what an IP header can say", "[offload]") {
  test::SeededRandom random{3};
  std::vector<Buffer> packets;
  const Buffer payload(1000);
  Buffer segment = test::udp_header(random, payload.size());
  test::append(segment, payload);
  const Ipv4Address from{10, 0, 0, 1};
  store_be16(
      MutableBytes{segment}.subspan<6, 2>(),
      wire::internet_checksum(
          segment, wire::pseudo_header_sum(from, from, wire::Protocol::udp, segment.size())));
  Buffer packet = test::ipv4_packet(random, from, from, wire::Protocol::udp, segment);
  for (int i = 0; i < 200; ++i) {
    store_be16(MutableBytes{packet}.subspan<4, 2>(), static_cast<std::uint16_t>(i));
    const auto header = MutableBytes{packet}.first((packet[0] & 15u) * std::size_t{4});
    store_be16(header.subspan<10, 2>(), 0);
    store_be16(header.subspan<10, 2>(), wire::internet_checksum(header));
    packets.push_back(packet);
  }
  const auto frames = coalesce(packets);
  for (const Super& frame : frames) CHECK(frame.packet.size() <= 65535);
  CHECK(frames.front().packet.size() > 64000);
}

TEST_CASE("after its first batch a coalescer allocates nothing", "[offload]") {
  test::SeededRandom random{5};
  auto packets = test::split(test::random_super(random));
  const auto fresh = packets;
  Coalescer coalescer{{}};
  const auto batch = [&] {
    for (Buffer& packet : packets) coalescer.add(packet);
    for (std::size_t i = 0; i < coalescer.frames(); ++i) coalescer.frame(i);
    coalescer.clear();
  };
  batch();
  for (std::size_t i = 0; i < packets.size(); ++i) copy_bytes(fresh[i], packets[i]);
  CHECK(test::count_allocations(batch) == 0);
}
