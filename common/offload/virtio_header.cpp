#include "offload/virtio_header.hpp"

namespace culvert::offload {
namespace {

constexpr std::uint8_t needs_checksum_flag = 1;
constexpr std::uint8_t ecn_bit = 0x80;

std::optional<Segmentation> known(unsigned number) {
  for (const auto kind :
       {Segmentation::none, Segmentation::tcp_v4, Segmentation::tcp_v6, Segmentation::udp}) {
    if (number == static_cast<unsigned>(kind)) return kind;
  }
  return std::nullopt;
}

}  // namespace

std::optional<VirtioHeader> VirtioHeader::parse(Field<size> bytes) {
  const auto segmentation = known(bytes[1] & ~unsigned{ecn_bit});
  if (!segmentation) return std::nullopt;
  return VirtioHeader{
      .needs_checksum = (bytes[0] & needs_checksum_flag) != 0,
      .segmentation = *segmentation,
      .ecn = (bytes[1] & ecn_bit) != 0,
      .header_length = load_le16(bytes.subspan<2, 2>()),
      .segment_size = load_le16(bytes.subspan<4, 2>()),
      .checksum_start = load_le16(bytes.subspan<6, 2>()),
      .checksum_offset = load_le16(bytes.subspan<8, 2>()),
  };
}

void write(const VirtioHeader& header, MutableField<VirtioHeader::size> out) {
  const unsigned kind = static_cast<unsigned>(header.segmentation) | (header.ecn ? ecn_bit : 0u);
  store_u8(out.subspan<0, 1>(), header.needs_checksum ? needs_checksum_flag : std::uint8_t{0});
  store_u8(out.subspan<1, 1>(), static_cast<std::uint8_t>(kind));
  store_le16(out.subspan<2, 2>(), header.header_length);
  store_le16(out.subspan<4, 2>(), header.segment_size);
  store_le16(out.subspan<6, 2>(), header.checksum_start);
  store_le16(out.subspan<8, 2>(), header.checksum_offset);
}

}  // namespace culvert::offload
