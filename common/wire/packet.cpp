#include "wire/packet.hpp"

#include <algorithm>

#include "wire/arp.hpp"
#include "wire/dns.hpp"
#include "wire/encapsulation.hpp"
#include "wire/ethernet.hpp"
#include "wire/icmp.hpp"
#include "wire/ipv4.hpp"
#include "wire/ipv6.hpp"
#include "wire/link.hpp"
#include "wire/tcp.hpp"
#include "wire/tunnel_message.hpp"
#include "wire/udp.hpp"
#include "wire/wireguard.hpp"

namespace culvert::wire {

namespace {

bool is_dns_port(std::uint16_t port) {
  return port == dns_port || port == multicast_dns_port || port == link_local_dns_port;
}

/// IPv4 and IPv6 begin with their version, so that a packet without anything in front says what it is.
Layer by_version(Bytes bytes) {
  if (bytes.empty()) return Layer::payload;
  switch (bytes[0] >> 4) {
    case 4: return Layer::ipv4;
    case 6: return Layer::ipv6;
    default: return Layer::payload;
  }
}

}  // namespace

/// One walk. Each step reads the header at `at_`, notes it, and says which layer comes next; `end_` is where the innermost
/// enclosing length says the packet ends, which may be past what was captured.
class Walk {
 public:
  Walk(Packet& packet, std::size_t wire_length) : packet_(packet), end_(wire_length) {}

  void run(Layer first) {
    for (Layer next = first; next != Layer::payload;) next = step(next);
    if (at_ < std::min(end_, packet_.bytes_.size())) note_payload();
  }

 private:
  Layer step(Layer layer);
  Layer ethernet();
  Layer vlan();
  Layer llc();
  Layer linux_cooked();
  Layer linux_cooked_2();
  Layer loopback();
  Layer arp();
  Layer ipv4();
  Layer ipv6();
  Layer ipv6_extension(Layer layer);
  Layer ipv6_fragment();
  Layer ah();
  Layer esp();
  Layer gre();
  template <class View>
  Layer icmp();
  Layer udp();
  Layer tcp();
  Layer vxlan();
  Layer dns();
  Layer wireguard();
  Layer tunnel_message();
  bool holds_tunnel_message() const;

  /// The bytes of the current header: captured, and inside the enclosing length.
  Bytes here() const {
    const std::size_t end = std::min(end_, packet_.bytes_.size());
    return packet_.bytes_.subspan(std::min(at_, end), end - std::min(at_, end));
  }

  /// Adds the current layer to the list and steps behind its header.
  LayerAt& note(Layer layer, std::size_t header_length);
  void note_payload() { note(Layer::payload, here().size()); }
  /// Adds a header that could not be read; the walk ends.
  Layer stop(const ParseError& error);
  /// The current layer's own length ends the packet earlier than what encloses it; if it claims more than there is on
  /// the wire, that is a fault (but not in a first fragment), and the walk goes on with what there is.
  void limit(LayerAt& at, FieldAt field, std::size_t length);
  void blame(const ParseError& error, LayerAt& at);

  static Layer by_ether_type(std::uint16_t ether_type);
  /// The field of Ethernet and 802.1Q that is an EtherType, or a length that limits what follows.
  Layer by_type_or_length(std::uint16_t type_or_length);
  Layer by_protocol(Protocol protocol) const;

  Packet& packet_;
  std::size_t at_ = 0;
  std::size_t end_;
  bool in_ipv6_ = false;         // the innermost IP header is of version 6
  bool first_fragment_ = false;  // lengths further in speak of the whole packet, of which this is only a part
};

LayerAt& Walk::note(Layer layer, std::size_t header_length) {
  LayerAt& at = packet_.layers_[packet_.count_++];
  at = {.layer = layer,
        .fault = Fault::none,
        .cut = false,
        .offset = static_cast<std::uint32_t>(at_),
        .header_length = static_cast<std::uint32_t>(header_length),
        .length = static_cast<std::uint32_t>(end_ - at_)};
  at_ += header_length;
  return at;
}

void Walk::blame(const ParseError& error, LayerAt& at) {
  at.fault = error.fault;
  if (packet_.error_) return;
  packet_.error_ = error;
  packet_.error_layer_ = packet_.count_ - 1;
}

Layer Walk::stop(const ParseError& error) {
  const bool cut = error.fault == Fault::truncated && packet_.bytes_.size() < end_;
  LayerAt& at = note(error.layer, here().size());
  at.cut = cut;
  blame(error, at);
  return Layer::payload;
}

void Walk::limit(LayerAt& at, FieldAt field, std::size_t length) {
  const std::size_t enclosing = end_ - at.offset;
  if (length > enclosing) {
    if (first_fragment_) return;
    blame(ParseError{at.layer, Fault::truncated, field, length, enclosing}, at);
    return;
  }
  end_ = at.offset + length;
  at.length = static_cast<std::uint32_t>(length);
}

Layer Walk::step(Layer layer) {
  // The last place in the list is kept for the payload.
  if (packet_.count_ + 1 >= Packet::max_layers) {
    return stop(ParseError{layer, Fault::too_deep, {"header", 0}, Packet::max_layers, packet_.count_});
  }
  switch (layer) {
    case Layer::ethernet: return ethernet();
    case Layer::vlan: return vlan();
    case Layer::llc: return llc();
    case Layer::linux_cooked: return linux_cooked();
    case Layer::linux_cooked_2: return linux_cooked_2();
    case Layer::loopback: return loopback();
    case Layer::arp: return arp();
    case Layer::ipv4: return ipv4();
    case Layer::ipv6: return ipv6();
    case Layer::ipv6_hop_by_hop:
    case Layer::ipv6_routing:
    case Layer::ipv6_destination: return ipv6_extension(layer);
    case Layer::ipv6_fragment: return ipv6_fragment();
    case Layer::ah: return ah();
    case Layer::esp: return esp();
    case Layer::gre: return gre();
    case Layer::icmp: return icmp<IcmpView>();
    case Layer::icmpv6: return icmp<Icmpv6View>();
    case Layer::udp: return udp();
    case Layer::tcp: return tcp();
    case Layer::vxlan: return vxlan();
    case Layer::dns: return dns();
    case Layer::wireguard: return wireguard();
    case Layer::tunnel_message: return tunnel_message();
    case Layer::payload: break;
  }
  return Layer::payload;
}

Layer Walk::by_ether_type(std::uint16_t ether_type) {
  switch (EtherType{ether_type}) {
    case EtherType::ipv4: return Layer::ipv4;
    case EtherType::ipv6: return Layer::ipv6;
    case EtherType::arp:
    case EtherType::rarp: return Layer::arp;
    case EtherType::vlan:
    case EtherType::service_vlan:
    case EtherType::old_service_vlan: return Layer::vlan;
  }
  return Layer::payload;
}

Layer Walk::by_type_or_length(std::uint16_t type_or_length) {
  if (type_or_length > max_frame_length) return by_ether_type(type_or_length);
  end_ = std::min(end_, at_ + type_or_length);
  return Layer::llc;
}

Layer Walk::by_protocol(Protocol protocol) const {
  // Extension headers share the numbers of protocols, but IPv4 has none.
  const auto extension = [&](Layer layer) { return in_ipv6_ ? layer : Layer::payload; };
  switch (protocol) {
    case Protocol::hop_by_hop: return extension(Layer::ipv6_hop_by_hop);
    case Protocol::icmp: return Layer::icmp;
    case Protocol::ipv4: return Layer::ipv4;
    case Protocol::tcp: return Layer::tcp;
    case Protocol::udp: return Layer::udp;
    case Protocol::ipv6: return Layer::ipv6;
    case Protocol::routing: return extension(Layer::ipv6_routing);
    case Protocol::fragment: return extension(Layer::ipv6_fragment);
    case Protocol::gre: return Layer::gre;
    case Protocol::esp: return Layer::esp;
    case Protocol::ah: return Layer::ah;
    case Protocol::icmpv6: return Layer::icmpv6;
    case Protocol::destination_options: return extension(Layer::ipv6_destination);
    case Protocol::no_next_header: break;
  }
  return Layer::payload;
}

Layer Walk::ethernet() {
  const auto view = EthernetView::parse(here());
  if (!view) return stop(view.error());
  note(Layer::ethernet, view->header_length());
  return by_type_or_length(view->ether_type());
}

Layer Walk::vlan() {
  const auto view = VlanView::parse(here());
  if (!view) return stop(view.error());
  note(Layer::vlan, view->header_length());
  return by_type_or_length(view->ether_type());
}

Layer Walk::llc() {
  const auto view = LlcView::parse(here());
  if (!view) return stop(view.error());
  note(Layer::llc, view->header_length());
  return view->is_snap() && view->organisation() == 0 ? by_ether_type(view->protocol()) : Layer::payload;
}

Layer Walk::linux_cooked() {
  const auto view = LinuxCookedView::parse(here());
  if (!view) return stop(view.error());
  note(Layer::linux_cooked, view->header_length());
  return view->protocol() == cooked_llc ? Layer::llc : by_ether_type(view->protocol());
}

Layer Walk::linux_cooked_2() {
  const auto view = LinuxCooked2View::parse(here());
  if (!view) return stop(view.error());
  note(Layer::linux_cooked_2, view->header_length());
  return view->protocol() == cooked_llc ? Layer::llc : by_ether_type(view->protocol());
}

Layer Walk::loopback() {
  const auto view = LoopbackView::parse(here());
  if (!view) return stop(view.error());
  note(Layer::loopback, view->header_length());
  switch (view->family()) {
    case 2: return Layer::ipv4;
    case 10:                      // Linux
    case 24:                      // OpenBSD, NetBSD
    case 28:                      // FreeBSD
    case 30: return Layer::ipv6;  // macOS
    default: return Layer::payload;
  }
}

Layer Walk::arp() {
  const auto view = ArpView::parse(here());
  if (!view) return stop(view.error());
  limit(note(Layer::arp, view->header_length()), {"address lengths", 4}, view->header_length());
  return Layer::payload;
}

Layer Walk::ipv4() {
  const auto view = Ipv4View::parse_header(here());
  if (!view) return stop(view.error());
  in_ipv6_ = false;
  LayerAt& at = note(Layer::ipv4, view->header_length());
  // A length of 0 is a packet that the network card has still to cut: it ends where the frame does.
  if (view->total_length() != 0) limit(at, {"total length", 2}, view->total_length());
  // Only the first fragment holds the next header; the others begin in the middle of it or behind it.
  if (view->fragment_offset() != 0) return Layer::payload;
  first_fragment_ = first_fragment_ || view->more_fragments();
  return by_protocol(view->protocol());
}

Layer Walk::ipv6() {
  const auto view = Ipv6View::parse_header(here());
  if (!view) return stop(view.error());
  in_ipv6_ = true;
  LayerAt& at = note(Layer::ipv6, view->header_length());
  // A length of 0 is a jumbogram or a packet that the network card has still to cut: it ends where the frame does.
  if (view->payload_length() != 0) limit(at, {"payload length", 4}, view->total_length());
  return by_protocol(view->next_header());
}

Layer Walk::ipv6_extension(Layer layer) {
  const auto view = Ipv6ExtensionView::parse(layer, here());
  if (!view) return stop(view.error());
  note(layer, view->header_length());
  return by_protocol(view->next_header());
}

Layer Walk::ipv6_fragment() {
  const auto view = Ipv6FragmentView::parse(here());
  if (!view) return stop(view.error());
  note(Layer::ipv6_fragment, view->header_length());
  if (view->fragment_offset() != 0) return Layer::payload;
  first_fragment_ = first_fragment_ || view->more_fragments();
  return by_protocol(view->next_header());
}

Layer Walk::ah() {
  const auto view = AhView::parse(here());
  if (!view) return stop(view.error());
  note(Layer::ah, view->header_length());
  return by_protocol(view->next_header());
}

Layer Walk::esp() {
  const auto view = EspView::parse(here());
  if (!view) return stop(view.error());
  note(Layer::esp, view->header_length());
  return Layer::payload;
}

Layer Walk::gre() {
  const auto view = GreView::parse(here());
  if (!view) return stop(view.error());
  note(Layer::gre, view->header_length());
  if (view->version() != 0 || view->has_routing()) return Layer::payload;
  switch (view->protocol()) {
    case static_cast<std::uint16_t>(EtherType::ipv4): return Layer::ipv4;
    case static_cast<std::uint16_t>(EtherType::ipv6): return Layer::ipv6;
    case bridged_ethernet: return Layer::ethernet;
    default: return Layer::payload;
  }
}

template <class View>
Layer Walk::icmp() {
  const auto view = View::parse(here());
  if (!view) return stop(view.error());
  note(View::layer, view->header_length());
  return Layer::payload;
}

Layer Walk::udp() {
  const auto view = UdpView::parse_header(here());
  if (!view) return stop(view.error());
  // Only IPv6 has datagrams too long for the field (RFC 2675, section 4): they end where the packet does.
  const bool jumbo = in_ipv6_ && view->length() == 0;
  if (!jumbo && view->length() == 0) return stop(bad_length(Layer::udp, {"length", 4}, 8, 0).value());
  LayerAt& at = note(Layer::udp, view->header_length());
  if (!jumbo) limit(at, {"length", 4}, view->length());
  if (at_ == end_) return Layer::payload;
  if (is_dns_port(view->source_port()) || is_dns_port(view->destination_port())) return Layer::dns;
  if (view->destination_port() == vxlan_port) return Layer::vxlan;
  if (WireguardView::fits(here(), end_ - at_)) return Layer::wireguard;
  return holds_tunnel_message() ? Layer::tunnel_message : Layer::payload;
}

/// No port tells that a datagram belongs to our tunnel; but a header of 05 00 00 00 and behind it a packet that is exactly
/// as long as the rest hardly happens by chance.
bool Walk::holds_tunnel_message() const {
  if (here().empty() || here()[0] != plain_packet_type) return false;  // nearly every other datagram
  const auto message = TunnelMessageView::parse(here());
  if (!message) return false;
  if (message->is_hello()) return at_ + tunnel_header_size == end_;
  const std::size_t inner = end_ - at_ - tunnel_header_size;
  if (const auto ipv4 = Ipv4View::parse_header(message->packet())) return ipv4->total_length() == inner;
  if (const auto ipv6 = Ipv6View::parse_header(message->packet())) return ipv6->total_length() == inner;
  return false;
}

Layer Walk::vxlan() {
  const auto view = VxlanView::parse(here());
  if (!view) return stop(view.error());
  note(Layer::vxlan, view->header_length());
  return Layer::ethernet;
}

/// The whole message counts as its header: what is behind the readable part is for the peer alone.
Layer Walk::wireguard() {
  const auto view = WireguardView::parse(here());
  if (!view) return stop(view.error());
  note(Layer::wireguard, here().size());
  return Layer::payload;
}

Layer Walk::tunnel_message() {
  note(Layer::tunnel_message, tunnel_header_size);
  return by_version(here());
}

Layer Walk::tcp() {
  const auto view = TcpView::parse(here());
  if (!view) return stop(view.error());
  note(Layer::tcp, view->header_length());
  return Layer::payload;
}

Layer Walk::dns() {
  const auto view = DnsView::parse(here());
  if (!view) return stop(view.error());
  LayerAt& at = note(Layer::dns, here().size());
  DnsQuestions questions{*view};
  while (questions.next()) {
  }
  if (questions.error()) {
    const bool cut = questions.error()->fault == Fault::truncated && packet_.bytes_.size() < end_;
    at.cut = cut;
    blame(*questions.error(), at);
  }
  return Layer::payload;
}

namespace {

Layer first_layer(Bytes bytes, LinkType link) {
  switch (link) {
    case LinkType::ethernet: return Layer::ethernet;
    case LinkType::linux_cooked: return Layer::linux_cooked;
    case LinkType::linux_cooked_2: return Layer::linux_cooked_2;
    case LinkType::loopback:
    case LinkType::openbsd_loopback: return Layer::loopback;
    case LinkType::ipv4: return Layer::ipv4;
    case LinkType::ipv6: return Layer::ipv6;
    case LinkType::raw_ip:
    case LinkType::openbsd_raw_ip: break;
    default: return Layer::payload;
  }
  return by_version(bytes);
}

}  // namespace

Packet::Packet(const Packet& other) : Packet(other.bytes_, other.link_, other.wire_length_) { *this = other; }

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
  Packet packet{captured, link, std::max(wire_length, captured.size())};
  Walk{packet, packet.wire_length_}.run(first_layer(captured, link));
  return packet;
}

Bytes Packet::bytes_of(const LayerAt& at) const {
  const std::size_t captured = bytes_.size() - std::min<std::size_t>(at.offset, bytes_.size());
  return bytes_.subspan(bytes_.size() - captured, std::min<std::size_t>(at.length, captured));
}

const LayerAt* Packet::find(Layer layer) const {
  const auto all = layers();
  const auto at = std::find_if(all.begin(), all.end(), [&](const LayerAt& l) { return l.layer == layer; });
  return at == all.end() ? nullptr : &*at;
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
      case Layer::udp: return &at;
      // Each family has an ICMP of its own; under the other it is just an unknown protocol.
      case Layer::icmp: return ip != nullptr && ip->layer == Layer::ipv4 ? &at : nullptr;
      case Layer::icmpv6: return ip != nullptr && ip->layer == Layer::ipv6 ? &at : nullptr;
      default: break;
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
  const bool inside_payload = transport != nullptr && &packet.layers()[packet.error_layer()] > transport;
  if (packet.error() && !inside_payload) return failure(*packet.error());
  // A length of 0 stands for "up to the end" in packets that a network card has still to cut, and in jumbograms: a TUN
  // device gives neither.
  if (version == 4 && load_be16(ip_packet.subspan<2, 2>()) == 0) {
    return bad_length(Layer::ipv4, {"total length", 2}, 20, 0);
  }
  if (transport != nullptr && transport->layer == Layer::udp && packet.view<UdpView>(*transport)->length() == 0) {
    return bad_length(Layer::udp, {"length", 4}, 8, 0);
  }
  return packet;
}

}  // namespace culvert::wire
