#include "wire/dns.hpp"
#include "wire/encapsulation.hpp"
#include "wire/ipv4.hpp"
#include "wire/ipv6.hpp"
#include "wire/tunnel_message.hpp"
#include "wire/walk.hpp"
#include "wire/wireguard.hpp"

namespace culvert::wire {

Layer Walk::gre() {
  const auto view = GreView::parse(here());
  if (!view) return stop(view.error());
  note(Layer::gre, view->header_length());
  if (view->version() != 0 || view->has_routing()) return Layer::payload;
  switch (view->protocol()) {
    case static_cast<std::uint16_t>(EtherType::ipv4):
      return Layer::ipv4;
    case static_cast<std::uint16_t>(EtherType::ipv6):
      return Layer::ipv6;
    case bridged_ethernet:
      return Layer::ethernet;
    default:
      return Layer::payload;
  }
}

namespace {

/// No port tells that a datagram belongs to our tunnel; but a header of 05 00 00 00 and behind it a packet that is exactly
/// as long as the rest hardly happens by chance.
bool is_tunnel_message(Bytes datagram, std::size_t length) {
  const auto message = TunnelMessageView::parse(datagram);
  if (!message) return false;
  if (message->is_hello()) return length == tunnel_header_size;
  const std::size_t inner = length - tunnel_header_size;
  if (const auto ipv4 = Ipv4View::parse_header(message->packet()))
    return ipv4->total_length() == inner;
  if (const auto ipv6 = Ipv6View::parse_header(message->packet()))
    return ipv6->total_length() == inner;
  return false;
}

}  // namespace

Layer Walk::by_first_byte(Bytes datagram, std::size_t length) {
  if (WireguardView::fits(datagram, length)) return Layer::wireguard;
  return is_tunnel_message(datagram, length) ? Layer::tunnel_message : Layer::payload;
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

Layer Walk::dns() {
  const auto view = DnsView::parse(here());
  if (!view) return stop(view.error());
  LayerAt& at = note(Layer::dns, here().size());
  DnsQuestions questions{*view};
  while (questions.next()) {
  }
  if (questions.error()) {
    const bool cut = questions.error()->fault == Fault::truncated && is_cut();
    at.cut = cut;
    blame(*packet_, at, *questions.error());
  }
  return Layer::payload;
}

}  // namespace culvert::wire
