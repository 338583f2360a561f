#include "wire/packet.hpp"

#include <algorithm>

#include "wire/udp.hpp"

namespace culvert::wire {

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
