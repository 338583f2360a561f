#include "fuzz/fuzz.hpp"
#include "offload/coalesce.hpp"
#include "offload/super_packet.hpp"

void culvert::fuzz::one_input(Bytes bytes) {
  using namespace offload;
  if (bytes.size() < VirtioHeader::size) return;
  const auto header = VirtioHeader::parse(bytes.first<VirtioHeader::size>());
  std::vector<std::uint8_t> whole(bytes.begin() + VirtioHeader::size, bytes.end());
  const auto super = header ? SuperPacket::parse(*header, whole) : std::nullopt;
  std::vector<std::vector<std::uint8_t>> packets;
  for (std::size_t i = 0; super && i < super->count() && i < 200; ++i)
    write_packet(*super, i, packets.emplace_back(super->packet_size(i)));
  if (!super) packets.push_back(whole);  // any bytes may come out of a tunnel

  Coalescer coalescer{{}};
  std::size_t in = 0;
  for (auto& packet : packets) in += packet.size(), coalescer.add(packet);
  std::size_t out = 0;
  for (std::size_t i = 0; i < coalescer.frames(); ++i)
    for (const Bytes piece : coalescer.frame(i).pieces) use(piece), out += piece.size();
  expect(out <= in && coalescer.frames() <= packets.size(), "joining never makes more of it");
  if (header && !super) complete_checksum(*header, whole);
}
