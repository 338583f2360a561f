#include "tunnel/inner_packet.hpp"

#include "wire/checksum_update.hpp"
#include "wire/ipv4.hpp"
#include "wire/ipv6.hpp"

namespace culvert::tunnel {

std::optional<InnerPacket> InnerPacket::read(Bytes packet) {
  if (packet.empty()) return std::nullopt;
  if (packet[0] >> 4 == 4) {
    const auto ip = wire::Ipv4View::parse_header(packet);
    if (!ip || ip->total_length() == 0) return std::nullopt;
    return InnerPacket{ip->source(), ip->destination(), ip->total_length(),
                       Ecn{static_cast<std::uint8_t>(ip->ecn())}};
  }
  const auto ip = wire::Ipv6View::parse_header(packet);
  if (!ip) return std::nullopt;
  return InnerPacket{ip->source(), ip->destination(), ip->total_length(),
                     Ecn{static_cast<std::uint8_t>(ip->ecn())}};
}

void mark_congestion(MutableBytes packet, Ecn outer) {
  const auto inner = InnerPacket::read(packet);
  if (outer != Ecn::congested || !inner || inner->ecn == Ecn::not_capable) return;

  const auto first_word = packet.first<2>();
  const std::uint16_t before = load_be16(first_word);
  const bool v4 = inner->source.is_v4();
  const std::uint16_t mark =
      v4 ? 0x0003 : 0x0030;  // IPv6 has its traffic class four bits further left
  const auto after = static_cast<std::uint16_t>(before | mark);
  store_be16(first_word, after);
  if (!v4) return;
  const auto checksum = packet.subspan<10, 2>();
  store_be16(checksum, wire::checksum_update(load_be16(checksum), before, after));
}

}  // namespace culvert::tunnel
