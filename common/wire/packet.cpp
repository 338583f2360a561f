#include "wire/packet.hpp"

#include <algorithm>

#include "wire/udp.hpp"
#include "wire/walk.hpp"

namespace culvert::wire {

namespace {

Layer first_layer(Bytes bytes, LinkType link) {
  switch (link) {
    case LinkType::ethernet:
      return Layer::ethernet;
    case LinkType::linux_cooked:
      return Layer::linux_cooked;
    case LinkType::linux_cooked_2:
      return Layer::linux_cooked_2;
    case LinkType::loopback:
    case LinkType::openbsd_loopback:
      return Layer::loopback;
    case LinkType::ipv4:
      return Layer::ipv4;
    case LinkType::ipv6:
      return Layer::ipv6;
    case LinkType::raw_ip:
    case LinkType::openbsd_raw_ip:
      break;
    default:
      return Layer::payload;
  }
  return by_version(bytes);
}

}  // namespace

Packet::Packet(const Packet& other) : Packet(other.bytes_, other.link_, other.wire_length_) {
  *this = other;
}

Packet& Packet::operator=(const Packet& other) {
  bytes_ = other.bytes_;
  wire_length_ = other.wire_length_;
  link_ = other.link_;
  count_ = other.count_;
  error_layer_ = other.error_layer_;
  error_ = other.error_;
  std::copy_n(other.layers_.begin(), count_, layers_.begin());
  return *this;
}

Packet Packet::walk(Bytes captured, LinkType link, std::size_t wire_length) {
  wire_length = std::max(wire_length, captured.size());
  Packet packet{captured, link, wire_length};
  Walk{packet, captured, wire_length}.run(first_layer(captured, link));
  return packet;
}

const LayerAt* Packet::transport() const {
  const LayerAt* ip = nullptr;
  for (const LayerAt& at : layers()) {
    switch (at.layer) {
      case Layer::ipv4:
      case Layer::ipv6:
        if (ip != nullptr) return nullptr;  // IP in IP: what follows belongs to the inner packet
        ip = &at;
        break;
      case Layer::tcp:
      case Layer::udp:
        return &at;
      // Each family has an ICMP of its own; under the other it is just an unknown protocol.
      case Layer::icmp:
        return ip != nullptr && ip->layer == Layer::ipv4 ? &at : nullptr;
      case Layer::icmpv6:
        return ip != nullptr && ip->layer == Layer::ipv6 ? &at : nullptr;
      default:
        break;
    }
  }
  return nullptr;
}

Parsed<Packet> parse_packet(Bytes ip_packet) {
  if (ip_packet.empty()) return truncated(Layer::ipv4, 20, 0);
  const std::size_t version = ip_packet[0] >> 4;
  if (version != 4 && version != 6) {
    return bad_version(Layer::ipv4, {"version", 0}, 4, version);
  }
  const Packet packet = Packet::walk(ip_packet, LinkType::raw_ip);
  const LayerAt* transport = packet.transport();
  const bool inside_payload =
      transport != nullptr && &packet.layers()[packet.error_layer()] > transport;
  if (packet.error() && !inside_payload) return failure(*packet.error());
  // A length of 0 stands for "up to the end" in packets that a network card has still to cut, and in jumbograms: a TUN
  // device gives neither.
  if (version == 4 && load_be16(ip_packet.subspan<2, 2>()) == 0) {
    return bad_length(Layer::ipv4, {"total length", 2}, 20, 0);
  }
  if (transport != nullptr && transport->layer == Layer::udp &&
      packet.view<UdpView>(*transport)->length() == 0) {
    return bad_length(Layer::udp, {"length", 4}, 8, 0);
  }
  return packet;
}

}  // namespace culvert::wire
