// The ten bytes that stand before each packet of a TUN device with IFF_VNET_HDR. They say which work on the packet is
// left undone: its checksum, and its being cut into packets of the network's size.
// Virtual I/O Device (VIRTIO) 1.2, section 5.1.6; on a TUN device without the field num_buffers.
#pragma once

#include <optional>

#include "base/bytes.hpp"

namespace culvert::offload {

/// What a super-packet is cut into.
enum class Segmentation : std::uint8_t { none = 0, tcp_v4 = 1, tcp_v6 = 4, udp = 5 };

///      0                   1                   2                   3
///      0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |     flags     |E| segmentation|         header length         |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |         segment size          |        checksum start         |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |        checksum offset        |      (all little-endian)
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
struct VirtioHeader {
  static constexpr std::size_t size = 10;

  bool needs_checksum = false;  // its field holds the pseudo header's sum; the rest is to be added
  Segmentation segmentation = Segmentation::none;
  bool ecn = false;                   // the first TCP packet carries CWR, the others do not
  std::uint16_t header_length = 0;    // of all headers that each packet repeats; a hint
  std::uint16_t segment_size = 0;     // payload bytes of each packet but the last
  std::uint16_t checksum_start = 0;   // where the TCP or UDP header begins
  std::uint16_t checksum_offset = 0;  // from there to the checksum's field

  /// Nothing if it asks for work that we do not know.
  static std::optional<VirtioHeader> parse(Field<size> bytes);
  auto operator<=>(const VirtioHeader&) const = default;
};

void write(const VirtioHeader& header, MutableField<VirtioHeader::size> out);

}  // namespace culvert::offload
