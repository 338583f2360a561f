#include <algorithm>

#include "fuzz/fuzz.hpp"
#include "offload/coalesce.hpp"
#include "offload/landing.hpp"

namespace {

using namespace culvert;
using namespace offload;
using Packets = std::vector<std::vector<std::uint8_t>>;

constexpr std::size_t enough = 200;

Packets cut(const SuperPacket& super, Bytes whole) {
  Packets packets;
  for (std::size_t i = 0; i < super.count() && i < enough; ++i) {
    const MutableBytes packet = packets.emplace_back(super.packet_size(i));
    const Bytes share = whole.subspan(super.payload_begin(i), super.payload_size(i));
    copy_bytes(share, packet.last(share.size()));
    write_headers(super, i, packet);
  }
  return packets;
}

/// Twice: the second time it is cut as it was foretold to be.
void land(Bytes frame, const Packets& expected) {
  Landing landing{Landing::Frames::with_virtio_headers};
  for (int round = 0; round < 2; ++round) {
    Bytes rest = frame;
    for (const MutableBytes place : landing.places()) {
      copy_bytes(rest.first(std::min(rest.size(), place.size())), place);
      rest = rest.subspan(std::min(rest.size(), place.size()));
    }
    const std::size_t count = std::min(landing.take(frame.size()), enough);
    fuzz::expect(count == expected.size(), "as many packets land as are cut");
    for (std::size_t i = 0; i < count; ++i) {
      if (!landing.has_room_for(i)) landing.clear();
      const PacketBuffer packet = landing.packet(i);
      fuzz::expect(std::ranges::equal(packet.bytes(), expected[i]), "they are the same");
    }
    landing.clear();
  }
}

}  // namespace

void culvert::fuzz::one_input(Bytes bytes) {
  if (bytes.size() < VirtioHeader::size) return;
  const auto header = VirtioHeader::parse(bytes.first<VirtioHeader::size>());
  std::vector<std::uint8_t> whole(bytes.begin() + VirtioHeader::size, bytes.end());
  const auto super = header ? SuperPacket::parse(*header, whole, whole.size()) : std::nullopt;
  Packets packets;
  if (super) land(bytes, packets = cut(*super, whole));
  if (!super) packets.push_back(whole);  // any bytes may come out of a tunnel

  Coalescer coalescer{{}};
  std::size_t in = 0;
  for (auto& packet : packets) in += packet.size(), coalescer.add(packet);
  std::size_t out = 0;
  for (std::size_t i = 0; i < coalescer.frames(); ++i)
    for (const Bytes piece : coalescer.frame(i).pieces) use(piece), out += piece.size();
  expect(out <= in && coalescer.frames() <= packets.size(), "joining never makes more of it");
  if (header && !super && checksum_lies_inside(*header, whole.size()))
    complete_checksum(*header, whole);
}
