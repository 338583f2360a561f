// caught by: each packet has its share, its lengths, numbers and checksums
// cause: header checksum: IPv4 was changed, but its checksum is still the old one
#include <cassert>

#include "offload/super_packet.hpp"
#include "wire/checksum.hpp"
#include "wire/ipv4.hpp"
#include "wire/tcp.hpp"

namespace culvert::offload {
namespace {

using namespace wire;

void edit_ipv4(MutableField<20> header, std::size_t index, std::size_t length, MutableBytes) {
  const auto identification = header.subspan<4, 2>();
  store_be16(header.subspan<2, 2>(), static_cast<std::uint16_t>(length));
  store_be16(identification, static_cast<std::uint16_t>(load_be16(identification) + index));
}

void edit_tcp(MutableField<20> header, const SuperPacket& super, std::size_t index) {
  const auto sequence = header.subspan<4, 4>();
  const std::size_t before = index * super.segment_size();
  store_be32(sequence, load_be32(sequence) + static_cast<std::uint32_t>(before));
  unsigned flags = header[13];
  if (index != 0) flags &= ~TcpView::cwr;
  if (index + 1 != super.count()) flags &= ~(TcpView::fin | TcpView::psh);
  header[13] = static_cast<std::uint8_t>(flags);
}

/// The field of a super-packet holds the sum of its pseudo header (RFC 9293, section 3.1); a packet's differs from that in
/// the length alone.
void write_checksum(MutableBytes segment, std::size_t at, std::size_t super_length) {
  const auto field = segment.subspan(at).first<2>();
  const auto without = static_cast<std::uint16_t>(~super_length);
  const auto with = static_cast<std::uint16_t>(segment.size());
  const std::uint16_t pseudo =
      add_ones_complement(add_ones_complement(load_be16(field), without), with);
  store_be16(field, 0);
  store_be16(field, udp_checksum_on_wire(internet_checksum(segment, pseudo)));
}

}  // namespace

void write_headers(const SuperPacket& super, std::size_t index, MutableBytes packet) {
  const MutableBytes ip = packet.first(super.ip_header_length());
  const MutableBytes segment = packet.subspan(ip.size());
  copy_bytes(super.headers(), packet);

  if (super.is_v4())
    edit_ipv4(ip.first<20>(), index, packet.size(), ip);
  else
    store_be16(ip.subspan<4, 2>(), static_cast<std::uint16_t>(packet.size() - 40));

  if (super.is_tcp())
    edit_tcp(segment.first<20>(), super, index);
  else
    store_be16(segment.subspan<4, 2>(), static_cast<std::uint16_t>(segment.size()));

  write_checksum(segment, super.is_tcp() ? 16 : 6, super.size() - ip.size());
}

}  // namespace culvert::offload
