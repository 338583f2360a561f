#include "offload/super_packet.hpp"

#include <cassert>

#include "wire/checksum.hpp"
#include "wire/tcp.hpp"
#include "wire/udp.hpp"

namespace culvert::offload {
namespace {

/// IPv6's headers may be followed by extensions; IPv4's says itself how long it is.
bool ip_header_agrees(const VirtioHeader& header, Bytes packet) {
  const std::size_t start = header.checksum_start;
  if (start < 20 || start > packet.size()) return false;
  const unsigned version = packet[0] >> 4;
  if (version == 4)
    return header.segmentation != Segmentation::tcp_v6 &&
           start == (packet[0] & 0x0fu) * std::size_t{4};
  return version == 6 && header.segmentation != Segmentation::tcp_v4 && start >= 40;
}

}  // namespace

SuperPacket::SuperPacket(const VirtioHeader& header, Bytes headers, std::size_t size)
    : header_length_(headers.size()),
      ip_header_length_(header.checksum_start),
      segment_size_(header.segment_size),
      size_(size),
      is_tcp_(header.segmentation != Segmentation::udp) {
  copy_bytes(headers, headers_);
}

std::optional<SuperPacket> SuperPacket::parse(const VirtioHeader& header, Bytes begin,
                                              std::size_t size) {
  if (header.segmentation == Segmentation::none || !header.needs_checksum) return std::nullopt;
  if (header.segment_size == 0 || size > 65535 + 40) return std::nullopt;
  if (begin.empty() || !ip_header_agrees(header, begin)) return std::nullopt;

  const bool udp = header.segmentation == Segmentation::udp;
  const Bytes segment = begin.subspan(header.checksum_start);
  std::size_t length = udp ? wire::UdpView::header_size : wire::TcpView::min_header_size;
  if (segment.size() < length || header.checksum_offset != (udp ? 6 : 16)) return std::nullopt;
  if (!udp) length = (segment[12] >> 4) * std::size_t{4};
  if (length < (udp ? 8 : 20) || segment.size() < length) return std::nullopt;
  const Bytes headers = begin.first(header.checksum_start + length);
  if (headers.size() > max_headers || headers.size() >= size) return std::nullopt;
  return SuperPacket{header, headers, size};
}

bool checksum_lies_inside(const VirtioHeader& header, std::size_t size) {
  const std::size_t field = std::size_t{header.checksum_start} + header.checksum_offset;
  return !header.needs_checksum || field + 2 <= size;
}

void complete_checksum(const VirtioHeader& header, MutableBytes packet) {
  assert(checksum_lies_inside(header, packet.size()));
  if (!header.needs_checksum) return;
  const MutableBytes segment = packet.subspan(header.checksum_start);
  const std::uint16_t checksum = wire::internet_checksum(segment);
  // Only UDP knows a checksum of 0 as "none"; for TCP both zeros of ones' complement say the same.
  store_be16(segment.subspan(header.checksum_offset).first<2>(),
             wire::udp_checksum_on_wire(checksum));
}

}  // namespace culvert::offload
