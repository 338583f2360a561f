#include "offload/super_packet.hpp"

#include <algorithm>

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

std::optional<SuperPacket> SuperPacket::parse(const VirtioHeader& header, Bytes packet) {
  if (header.segmentation == Segmentation::none || !header.needs_checksum) return std::nullopt;
  if (header.segment_size == 0 || packet.size() > 65535 + 40) return std::nullopt;
  if (packet.empty() || !ip_header_agrees(header, packet)) return std::nullopt;

  const bool udp = header.segmentation == Segmentation::udp;
  const Bytes segment = packet.subspan(header.checksum_start);
  std::size_t length = udp ? wire::UdpView::header_size : wire::TcpView::min_header_size;
  if (segment.size() < length || header.checksum_offset != (udp ? 6 : 16)) return std::nullopt;
  if (!udp) length = (segment[12] >> 4) * std::size_t{4};
  if (length < (udp ? 8 : 20) || segment.size() <= length) return std::nullopt;
  return SuperPacket{header, packet, header.checksum_start + length};
}

Bytes SuperPacket::payload_of(std::size_t index) const {
  const Bytes rest = payload().subspan(index * segment_size_);
  return rest.first(std::min(rest.size(), segment_size_));
}

bool complete_checksum(const VirtioHeader& header, MutableBytes packet) {
  const std::size_t field = std::size_t{header.checksum_start} + header.checksum_offset;
  if (!header.needs_checksum) return true;
  if (field + 2 > packet.size()) return false;
  const std::uint16_t checksum = wire::internet_checksum(packet.subspan(header.checksum_start));
  // Only UDP knows a checksum of 0 as "none"; for TCP both zeros of ones' complement say the same.
  store_be16(packet.subspan(field).first<2>(), wire::udp_checksum_on_wire(checksum));
  return true;
}

}  // namespace culvert::offload
