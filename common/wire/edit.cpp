#include "wire/edit.hpp"

#include <array>
#include <cassert>

#include "wire/checksum.hpp"
#include "wire/checksum_update.hpp"
#include "wire/icmp.hpp"
#include "wire/ipv4.hpp"
#include "wire/ipv6.hpp"

namespace culvert::wire {
namespace {

constexpr std::size_t ipv4_ttl = 8;
constexpr std::size_t ipv4_protocol = 9;
constexpr std::size_t ipv4_checksum = 10;
constexpr std::size_t ipv4_source = 12;
constexpr std::size_t ipv4_destination = 16;
constexpr std::size_t ipv6_next_header = 6;
constexpr std::size_t ipv6_hop_limit = 7;
constexpr std::size_t ipv6_source = 8;
constexpr std::size_t ipv6_destination = 24;

struct Transport {
  Protocol protocol;
  std::size_t checksum;  // where it lies in the header
};

Transport transport_of(Layer layer) {
  switch (layer) {
    case Layer::tcp:
      return {Protocol::tcp, 16};
    case Layer::udp:
      return {Protocol::udp, 6};
    case Layer::icmp:
      return {Protocol::icmp, 2};
    default:
      return {Protocol::icmpv6, 2};
  }
}

bool is_echo(Layer layer, std::uint8_t type) {
  if (layer == Layer::icmp) return type == icmp::echo_request || type == icmp::echo_reply;
  return type == icmpv6::echo_request || type == icmpv6::echo_reply;
}

/// The packet's destination is only the next stop: the routing header holds the final one (RFC 8200, section 8.1).
bool has_segments_left(const Packet& layers) {
  const LayerAt* at = layers.find(Layer::ipv6_routing);
  if (at == nullptr || at > layers.transport()) return false;
  const auto routing = Ipv6ExtensionView::parse(at->layer, layers.bytes_of(*at));
  return routing && routing->segments_left() > 0;
}

}  // namespace

Parsed<PacketEditor> PacketEditor::parse(MutableBytes packet) {
  const auto layers = parse_packet(packet);
  if (!layers) return failure(layers.error());
  return PacketEditor{packet, *layers};
}

Parsed<PacketEditor> PacketEditor::parse_quoted(MutableBytes packet) {
  if (packet.empty()) return truncated(Layer::ipv4, Ipv4View::min_header_size, 0);
  const Packet layers = Packet::walk(packet, LinkType::raw_ip, 0xffff);
  if (layers.layers()[0].layer == Layer::payload)
    return bad_version(Layer::ipv4, {"version", 0}, 4, packet[0] >> 4);
  if (layers.error() && layers.error_layer() == 0) return failure(*layers.error());
  return PacketEditor{packet, layers};
}

PacketEditor::PacketEditor(MutableBytes packet, const Packet& layers)
    : packet_(packet), v4_(layers.layers()[0].layer == Layer::ipv4) {
  protocol_ = Protocol{packet[v4_ ? ipv4_protocol : ipv6_next_header]};
  const LayerAt* at = layers.transport();
  if (at == nullptr) return;

  const auto [protocol, checksum] = transport_of(at->layer);
  const Bytes header = layers.bytes_of(*at);
  protocol_ = protocol;
  transport_ = at->offset;
  // A quoted packet may end after 8 bytes: ports and ICMP identifiers are there, TCP's checksum is not.
  ports_ = is_icmp() ? header.size() >= 8 && is_echo(at->layer, header[0]) : header.size() >= 4;
  if (header.size() >= checksum + 2) checksum_ = transport_ + checksum;
  covers_source_ = at->layer != Layer::icmp;
  covers_destination_ = covers_source_ && !has_segments_left(layers);
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
  return load_be16(word(transport_ + (is_icmp() ? 4 : 0)));
}

std::uint16_t PacketEditor::destination_port() const {
  assert(ports_);
  return load_be16(word(transport_ + (is_icmp() ? 4 : 2)));
}

void PacketEditor::set_source(const IpAddress& address) {
  replace_address(v4_ ? ipv4_source : ipv6_source, address, covers_source_);
}

void PacketEditor::set_destination(const IpAddress& address) {
  replace_address(v4_ ? ipv4_destination : ipv6_destination, address, covers_destination_);
}

void PacketEditor::set_source_port(std::uint16_t port) {
  assert(ports_);
  replace_port(transport_ + (is_icmp() ? 4 : 0), port);
}

void PacketEditor::set_destination_port(std::uint16_t port) {
  assert(ports_);
  replace_port(transport_ + (is_icmp() ? 4 : 2), port);
}

std::uint8_t PacketEditor::hops_left() const { return packet_[v4_ ? ipv4_ttl : ipv6_hop_limit]; }

void PacketEditor::set_hops_left(std::uint8_t hops) {
  if (!v4_) {
    packet_[ipv6_hop_limit] =
        hops;  // IPv6 has no header checksum (RFC 8200): that is its relief for routers
    return;
  }
  const std::uint16_t before = load_be16(word(ipv4_ttl));
  packet_[ipv4_ttl] = hops;
  const std::uint16_t checksum = load_be16(word(ipv4_checksum));
  store_be16(word(ipv4_checksum), checksum_update(checksum, before, load_be16(word(ipv4_ttl))));
}

void PacketEditor::replace_address(std::size_t offset, const IpAddress& address, bool covered) {
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
  if (covered) update_transport(before, after);
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
