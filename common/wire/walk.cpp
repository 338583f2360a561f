#include "wire/walk.hpp"

#include "wire/icmp.hpp"
#include "wire/ipv4.hpp"
#include "wire/ipv6.hpp"
#include "wire/tcp.hpp"
#include "wire/tunnel_message.hpp"
#include "wire/udp.hpp"

namespace culvert::wire {

namespace {

Layer layer_of(Protocol protocol) {
  switch (protocol) {
    case Protocol::hop_by_hop:
      return Layer::ipv6_hop_by_hop;
    case Protocol::icmp:
      return Layer::icmp;
    case Protocol::ipv4:
      return Layer::ipv4;
    case Protocol::tcp:
      return Layer::tcp;
    case Protocol::udp:
      return Layer::udp;
    case Protocol::ipv6:
      return Layer::ipv6;
    case Protocol::routing:
      return Layer::ipv6_routing;
    case Protocol::fragment:
      return Layer::ipv6_fragment;
    case Protocol::gre:
      return Layer::gre;
    case Protocol::esp:
      return Layer::esp;
    case Protocol::ah:
      return Layer::ah;
    case Protocol::icmpv6:
      return Layer::icmpv6;
    case Protocol::destination_options:
      return Layer::ipv6_destination;
    case Protocol::no_next_header:
      break;
  }
  return Layer::payload;
}

bool is_extension(Layer layer) {
  return layer >= Layer::ipv6_hop_by_hop && layer <= Layer::ipv6_fragment;
}

bool is_dns_port(std::uint16_t port) {
  return port == dns_port || port == multicast_dns_port || port == link_local_dns_port;
}

}  // namespace

/// Extension headers share the numbers of protocols, but IPv4 has none.
Layer Walk::by_protocol(Protocol protocol) const {
  const Layer layer = layer_of(protocol);
  return !is_extension(layer) || in_ipv6_ ? layer : Layer::payload;
}

inline Layer Walk::ipv4() {
  const auto view = Ipv4View::parse_header(here());
  if (!view) return stop(view.error());
  in_ipv6_ = false;
  note(Layer::ipv4, view->header_length(), {"total length", 2}, or_the_rest(view->total_length()));
  // Only the first fragment holds the next header; the others begin in the middle of it or behind it.
  if (view->fragment_offset() != 0) return Layer::payload;
  first_fragment_ = first_fragment_ || view->more_fragments();
  return by_protocol(view->protocol());
}

inline Layer Walk::ipv6() {
  const auto view = Ipv6View::parse_header(here());
  if (!view) return stop(view.error());
  in_ipv6_ = true;
  const std::size_t length = view->payload_length() == 0 ? 0 : view->total_length();
  note(Layer::ipv6, view->header_length(), {"payload length", 4}, or_the_rest(length));
  return by_protocol(view->next_header());
}

inline Layer Walk::icmp() {
  const auto view = IcmpView::parse(here());
  if (!view) return stop(view.error());
  note(Layer::icmp, view->header_length());
  return Layer::payload;
}

inline Layer Walk::icmpv6() {
  const auto view = Icmpv6View::parse(here());
  if (!view) return stop(view.error());
  note(Layer::icmpv6, view->header_length());
  return Layer::payload;
}

inline Layer Walk::udp() {
  const auto view = UdpView::parse_header(here());
  if (!view) return stop(view.error());
  // Only IPv6 has datagrams too long for the field (RFC 2675, section 4): they end where the packet does.
  if (view->length() == 0 && !in_ipv6_)
    return stop(bad_length(Layer::udp, {"length", 4}, 8, 0).value());
  note(Layer::udp, view->header_length(), {"length", 4}, or_the_rest(view->length()));
  if (at_ == end_) return Layer::payload;
  if (is_dns_port(view->source_port()) || is_dns_port(view->destination_port())) return Layer::dns;
  if (view->destination_port() == vxlan_port) return Layer::vxlan;
  // Nearly every other datagram begins with a greater byte.
  const Bytes payload = here();
  return !payload.empty() && payload[0] <= plain_packet_type ? by_first_byte(payload, end_ - at_)
                                                             : Layer::payload;
}

inline Layer Walk::tcp() {
  const auto view = TcpView::parse(here());
  if (!view) return stop(view.error());
  note(Layer::tcp, view->header_length());
  return Layer::payload;
}

void Walk::blame(Packet& packet, LayerAt& at, const ParseError& error) {
  at.fault = error.fault;
  if (packet.error_) return;
  packet.error_ = error;
  packet.error_layer_ = static_cast<std::size_t>(&at - packet.layers_.data());
}

Layer Walk::note_damaged(const ParseError& error) {
  const bool cut = error.fault == Fault::truncated && is_cut();
  LayerAt& at = note(error.layer, here().size());
  at.cut = cut;
  blame(*packet_, at, error);
  return Layer::payload;
}

Layer Walk::rare_step(Layer layer) {
  switch (layer) {
    case Layer::ethernet:
      return ethernet();
    case Layer::vlan:
      return vlan();
    case Layer::llc:
      return llc();
    case Layer::linux_cooked:
      return linux_cooked();
    case Layer::linux_cooked_2:
      return linux_cooked_2();
    case Layer::loopback:
      return loopback();
    case Layer::arp:
      return arp();
    case Layer::ipv6_hop_by_hop:
    case Layer::ipv6_routing:
    case Layer::ipv6_destination:
      return ipv6_extension(layer);
    case Layer::ipv6_fragment:
      return ipv6_fragment();
    case Layer::ah:
      return ah();
    case Layer::esp:
      return esp();
    case Layer::gre:
      return gre();
    case Layer::icmp:
      return icmp();
    case Layer::icmpv6:
      return icmpv6();
    case Layer::vxlan:
      return vxlan();
    case Layer::dns:
      return dns();
    case Layer::wireguard:
      return wireguard();
    case Layer::tunnel_message:
      return tunnel_message();
    case Layer::ipv4:
    case Layer::ipv6:
    case Layer::udp:
    case Layer::tcp:
    case Layer::payload:
      break;  // step() has them
  }
  return Layer::payload;
}

inline Layer Walk::too_deep(Layer layer) {
  return stop(ParseError{layer, Fault::too_deep, {"header", 0}, Packet::max_layers, count()});
}

/// What nearly every packet is made of comes first: questions that a processor guesses right are faster than a table of jumps.
inline Layer Walk::step(Layer layer) {
  if (layer == Layer::udp) return udp();
  if (layer == Layer::tcp) return tcp();
  if (layer == Layer::ipv4) return ipv4();
  if (layer == Layer::ipv6) return ipv6();
  return aside([&](Walk& walk) { return walk.rare_step(layer); });
}

inline void Walk::run(Layer first) {
  std::size_t left = Packet::max_layers;  // and the last place in the list is kept for the payload
  for (Layer next = first; next != Layer::payload;)
    next = --left != 0 ? step(next) : too_deep(next);
  if (const Bytes rest = here(); !rest.empty()) note(Layer::payload, rest.size());
  packet_->count_ = count();
}

namespace {

Layer first_layer(Bytes bytes, LinkType link) {
  if (link == LinkType::raw_ip) return by_version(bytes);  // what a TUN device gives
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

Packet Packet::walk(Bytes captured, LinkType link, std::size_t wire_length) {
  wire_length = std::max(wire_length, captured.size());
  Packet packet{captured, link, wire_length};
  Walk{packet}.run(first_layer(captured, link));
  return packet;
}

}  // namespace culvert::wire
