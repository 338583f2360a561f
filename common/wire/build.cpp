#include "wire/build.hpp"

#include <algorithm>
#include <cassert>

#include "wire/checksum.hpp"
#include "wire/icmp.hpp"
#include "wire/ipv4.hpp"
#include "wire/ipv6.hpp"
#include "wire/packet.hpp"
#include "wire/udp.hpp"

namespace culvert::wire {
namespace {

/// The IP header of a packet whose payload of `length` bytes will follow; returns the place of that payload.
MutableBytes write_ip(MutableBytes out, const IpAddress& from, const IpAddress& to,
                      Protocol protocol, std::size_t length) {
  assert(from.is_v4() == to.is_v4());
  if (from.is_v4()) {
    write(Ipv4Fields{.total_length = static_cast<std::uint16_t>(20 + length),
                     .protocol = protocol,
                     .source = from.as_v4(),
                     .destination = to.as_v4()},
          out.first<20>());
    return out.subspan(20, length);
  }
  write(Ipv6Fields{.payload_length = static_cast<std::uint16_t>(length),
                   .next_header = protocol,
                   .source = from.as_v6(),
                   .destination = to.as_v6()},
        out.first<40>());
  return out.subspan(40, length);
}

MutableBytes whole(MutableBytes out, MutableBytes payload) {
  return out.first(static_cast<std::size_t>(payload.data() - out.data()) + payload.size());
}

/// An ICMP or ICMPv6 message with its checksum, by the family of the addresses.
MutableBytes build_icmp(MutableBytes out, const IpAddress& from, const IpAddress& to,
                        IcmpFields fields, Bytes payload) {
  const Protocol protocol = from.is_v4() ? Protocol::icmp : Protocol::icmpv6;
  const MutableBytes message = write_ip(out, from, to, protocol, 8 + payload.size());
  write(fields, message.first<8>());
  copy_bytes(payload, message.subspan(8));
  // ICMPv6 covers the pseudo header, ICMP for IPv4 does not.
  const std::uint16_t start =
      from.is_v6() ? pseudo_header_sum(from, to, protocol, message.size()) : std::uint16_t{0};
  fields.checksum = internet_checksum(message, start);
  write(fields, message.first<8>());
  return whole(out, message);
}

/// Source and destination of a packet's outermost IP header.
struct Addresses {
  IpAddress source;
  IpAddress destination;
};

std::optional<Addresses> addresses_of(const Packet& packet) {
  if (const auto ipv4 = packet.get<Ipv4View>())
    return Addresses{ipv4->source(), ipv4->destination()};
  if (const auto ipv6 = packet.get<Ipv6View>())
    return Addresses{ipv6->source(), ipv6->destination()};
  return std::nullopt;
}

bool is_icmp_error(const Packet& packet) {
  const LayerAt* at = packet.transport();
  if (at == nullptr) return false;
  if (at->layer == Layer::icmp) {
    const auto icmp = packet.view<IcmpView>(*at);
    return icmp && icmp->is_error();
  }
  const auto icmpv6 = packet.view<Icmpv6View>(*at);
  return at->layer == Layer::icmpv6 && icmpv6 && icmpv6->is_error();
}

bool is_later_fragment(const Packet& packet) {
  const auto ipv4 = packet.get<Ipv4View>();
  return ipv4 && ipv4->fragment_offset() != 0;
}

}  // namespace

MutableBytes build_udp(MutableBytes out, const Endpoint& from, const Endpoint& to, Bytes payload) {
  const MutableBytes datagram =
      write_ip(out, from.address, to.address, Protocol::udp, 8 + payload.size());
  UdpFields fields{.source_port = from.port,
                   .destination_port = to.port,
                   .length = static_cast<std::uint16_t>(datagram.size())};
  write(fields, datagram.first<8>());
  copy_bytes(payload, datagram.subspan(8));
  const auto start = pseudo_header_sum(from.address, to.address, Protocol::udp, datagram.size());
  fields.checksum = udp_checksum_on_wire(internet_checksum(datagram, start));
  write(fields, datagram.first<8>());
  return whole(out, datagram);
}

MutableBytes build_echo_request(MutableBytes out, const IpAddress& from, const IpAddress& to,
                                std::uint16_t identifier, std::uint16_t sequence, Bytes payload) {
  const std::uint8_t type = from.is_v4() ? icmp::echo_request : icmpv6::echo_request;
  return build_icmp(out, from, to,
                    {.type = type, .rest = std::uint32_t{identifier} << 16 | sequence}, payload);
}

std::optional<MutableBytes> build_too_big(MutableBytes out, const IpAddress& router, Bytes original,
                                          std::size_t mtu) {
  const Packet packet = Packet::walk(original, LinkType::raw_ip);
  const auto addresses = addresses_of(packet);
  if (!addresses || addresses->source.is_v4() != router.is_v4()) return std::nullopt;
  if (is_icmp_error(packet) || is_later_fragment(packet)) return std::nullopt;

  if (router.is_v4()) {
    // RFC 1812, section 4.3.2.3: as much of the original as fits 576 bytes.
    const Bytes quote = original.first(std::min<std::size_t>(original.size(), 576 - 28));
    return build_icmp(out, router, addresses->source,
                      {.type = icmp::destination_unreachable,
                       .code = icmp::code_fragmentation_needed,
                       .rest = static_cast<std::uint32_t>(mtu) & 0xffffu},
                      quote);
  }
  const Bytes quote = original.first(std::min<std::size_t>(original.size(), 1280 - 48));
  return build_icmp(out, router, addresses->source,
                    {.type = icmpv6::packet_too_big, .rest = static_cast<std::uint32_t>(mtu)},
                    quote);
}

}  // namespace culvert::wire
