#include "wire/edit.hpp"

#include <array>
#include <cassert>

#include "wire/checksum.hpp"
#include "wire/checksum_update.hpp"
#include "wire/icmp.hpp"
#include "wire/ipv4.hpp"

namespace culvert::wire {
namespace {

constexpr std::size_t ipv4_ttl = 8;
constexpr std::size_t ipv4_checksum = 10;
constexpr std::size_t ipv4_source = 12;
constexpr std::size_t ipv4_destination = 16;
constexpr std::size_t ipv6_hop_limit = 7;
constexpr std::size_t ipv6_source = 8;
constexpr std::size_t ipv6_destination = 24;

bool is_echo(Layer layer, std::uint8_t type) {
  if (layer == Layer::icmp) return type == icmp::echo_request || type == icmp::echo_reply;
  return type == icmpv6::echo_request || type == icmpv6::echo_reply;
}

}  // namespace

Parsed<PacketEditor> PacketEditor::parse(MutableBytes packet) {
  const auto layers = parse_packet(packet);
  if (!layers) return failure(layers.error());
  return PacketEditor{packet, *layers};
}

Parsed<PacketEditor> PacketEditor::parse_quoted(MutableBytes packet) {
  const Packet layers = Packet::walk(packet, LinkType::raw_ip, 0xffff);
  if (layers.error() && layers.error_layer() == 0) return failure(*layers.error());
  if (layers.layers().empty() || layers.layers()[0].layer == Layer::payload) {
    return truncated(Layer::ipv4, Ipv4View::min_header_size, packet.size());
  }
  return PacketEditor{packet, layers};
}

PacketEditor::PacketEditor(MutableBytes packet, const Packet& layers)
    : packet_(packet), v4_(layers.layers()[0].layer == Layer::ipv4) {
  for (const LayerAt& at : layers.layers()) {
    std::size_t checksum = 0;
    switch (at.layer) {
      case Layer::tcp:
        protocol_ = Protocol::tcp;
        checksum = 16;
        break;
      case Layer::udp:
        protocol_ = Protocol::udp;
        checksum = 6;
        break;
      case Layer::icmp:
        protocol_ = Protocol::icmp;
        checksum = 2;
        break;
      case Layer::icmpv6:
        protocol_ = Protocol::icmpv6;
        checksum = 2;
        break;
      default:
        continue;
    }
    // A quoted packet may end after 8 bytes: ports and ICMP identifiers are there, TCP's checksum is not.
    const bool icmp = at.layer == Layer::icmp || at.layer == Layer::icmpv6;
    transport_ = at.offset;
    ports_ = icmp ? packet.size() >= transport_ + 8 && is_echo(at.layer, packet[transport_])
                  : packet.size() >= transport_ + 4;
    if (packet.size() >= transport_ + checksum + 2) checksum_ = transport_ + checksum;
    checksum_covers_addresses_ = at.layer != Layer::icmp;
    return;
  }
}

IpAddress PacketEditor::source() const {
  if (v4_) return Ipv4Address{Bytes{packet_}.subspan<ipv4_source, 4>()};
  return Ipv6Address{Bytes{packet_}.subspan<ipv6_source, 16>()};
}

IpAddress PacketEditor::destination() const {
  if (v4_) return Ipv4Address{Bytes{packet_}.subspan<ipv4_destination, 4>()};
  return Ipv6Address{Bytes{packet_}.subspan<ipv6_destination, 16>()};
}

std::uint16_t PacketEditor::source_port() const {
  assert(ports_);
  const bool icmp = protocol_ == Protocol::icmp || protocol_ == Protocol::icmpv6;
  return load_be16(word(transport_ + (icmp ? 4 : 0)));
}

std::uint16_t PacketEditor::destination_port() const {
  assert(ports_);
  const bool icmp = protocol_ == Protocol::icmp || protocol_ == Protocol::icmpv6;
  return load_be16(word(transport_ + (icmp ? 4 : 2)));
}

void PacketEditor::set_source(const IpAddress& address) {
  replace_address(v4_ ? ipv4_source : ipv6_source, address);
}

void PacketEditor::set_destination(const IpAddress& address) {
  replace_address(v4_ ? ipv4_destination : ipv6_destination, address);
}

void PacketEditor::set_source_port(std::uint16_t port) {
  assert(ports_);
  const bool icmp = protocol_ == Protocol::icmp || protocol_ == Protocol::icmpv6;
  replace_port(transport_ + (icmp ? 4 : 0), port);
}

void PacketEditor::set_destination_port(std::uint16_t port) {
  assert(ports_);
  const bool icmp = protocol_ == Protocol::icmp || protocol_ == Protocol::icmpv6;
  replace_port(transport_ + (icmp ? 4 : 2), port);
}

std::uint8_t PacketEditor::hops_left() const { return packet_[v4_ ? ipv4_ttl : ipv6_hop_limit]; }

void PacketEditor::set_hops_left(std::uint8_t hops) {
  if (!v4_) {
    packet_[ipv6_hop_limit] = hops;  // IPv6 has no header checksum (RFC 8200): that is its relief for routers
    return;
  }
  const std::uint16_t before = load_be16(word(ipv4_ttl));
  packet_[ipv4_ttl] = hops;
  const std::uint16_t checksum = load_be16(word(ipv4_checksum));
  store_be16(word(ipv4_checksum), checksum_update(checksum, before, load_be16(word(ipv4_ttl))));
}

void PacketEditor::replace_address(std::size_t offset, const IpAddress& address) {
  assert(address.is_v4() == v4_);
  const Bytes after = address.bytes();
  const MutableBytes place = packet_.subspan(offset, after.size());
  std::array<std::uint8_t, 16> kept{};
  copy_bytes(place, kept);
  const Bytes before = Bytes{kept}.first(after.size());

  if (v4_) {
    const std::uint16_t checksum = load_be16(word(ipv4_checksum));
    store_be16(word(ipv4_checksum), checksum_update(checksum, before, after));
  }
  if (checksum_covers_addresses_) update_transport(before, after);
  copy_bytes(after, place);
}

void PacketEditor::replace_port(std::size_t offset, std::uint16_t port) {
  std::array<std::uint8_t, 2> after{};
  store_be16(after, port);
  update_transport(Bytes{word(offset)}, after);
  store_be16(word(offset), port);
}

void PacketEditor::update_transport(Bytes before, Bytes after) {
  if (checksum_ == 0) return;
  const std::uint16_t old = load_be16(word(checksum_));
  // UDP over IPv4 may do without a checksum: 0 says so and stays 0.
  if (protocol_ == Protocol::udp && old == 0) return;
  const std::uint16_t updated = checksum_update(old, before, after);
  store_be16(word(checksum_), protocol_ == Protocol::udp ? udp_checksum_on_wire(updated) : updated);
}

}  // namespace culvert::wire
