#include "tunnel/nat.hpp"

#include "wire/checksum.hpp"
#include "wire/checksum_update.hpp"
#include "wire/edit.hpp"
#include "wire/icmp.hpp"
#include "wire/ipv4.hpp"
#include "wire/tcp.hpp"

namespace culvert::tunnel {
namespace {

using wire::IcmpView;
using wire::Ipv4View;
using wire::PacketEditor;
using wire::TcpView;

Failure<NatDrop> drop(NatDrop reason) { return failure(reason); }

/// The ICMP header of an error, which quotes another packet.
std::optional<std::size_t> icmp_error_at(const wire::Packet& layers) {
  const wire::LayerAt* at = layers.transport();
  if (at == nullptr || at->layer != wire::Layer::icmp) return std::nullopt;
  const auto icmp = layers.view<IcmpView>(*at);
  return icmp && icmp->is_error() ? std::optional<std::size_t>{at->offset} : std::nullopt;
}

/// Asking for an echo is the inside's part, answering the outside's.
bool is_echo_of_type(const wire::Packet& layers, std::uint8_t type) {
  const auto icmp = layers.view<IcmpView>(*layers.transport());
  return icmp && icmp->type() == type;
}

void note_tcp_flags(Flow& flow, bool& fin, const wire::Packet& layers) {
  const auto tcp = layers.view<TcpView>(*layers.transport());
  if (!tcp) return;
  const bool opens_again = tcp->has(TcpView::syn) && !tcp->has(TcpView::ack);
  if (opens_again) flow.answered = flow.fin_out = flow.fin_in = flow.reset = false;
  if (tcp->has(TcpView::fin)) fin = true;
  if (tcp->has(TcpView::rst)) flow.reset = true;
}

// [tag: quote]
/// Edits the packet that an ICMP error quotes. The error's checksum covers the quote: it is updated by what the quote sums
/// up to before and after, as if it were one word.
template <class Edit>
bool edit_quote(MutableBytes packet, std::size_t icmp_at, Edit edit) {
  const MutableBytes icmp = packet.subspan(icmp_at);
  const MutableBytes quote = icmp.subspan(IcmpView::header_size);
  auto quoted = PacketEditor::parse_quoted(quote);
  if (!quoted || !quoted->has_ports() || !quoted->source().is_v4()) return false;

  const std::uint16_t before = wire::ones_complement_sum(quote);
  if (!edit(*quoted)) return false;
  const std::uint16_t after = wire::ones_complement_sum(quote);
  const auto checksum = icmp.subspan<2, 2>();
  store_be16(checksum, wire::checksum_update(load_be16(checksum), before, after));
  return true;
}
// [end: quote]

}  // namespace

Nat::Answer Nat::on_packet(Instant now, MutableBytes packet) {
  Answer answer = translate(now, packet);
  if (!answer) ++drops_[static_cast<std::size_t>(answer.error())];
  return answer;
}

Nat::Answer Nat::translate(Instant now, MutableBytes packet) {
  const auto layers = wire::parse_packet(packet);
  const auto ip = layers ? layers->get<Ipv4View>() : std::nullopt;
  if (!ip || layers->layers()[0].layer != wire::Layer::ipv4) return drop(NatDrop::not_ipv4);
  const MutableBytes whole = packet.first(ip->total_length());
  const bool from_inside = config_.inside.contains(ip->source());
  const bool to_inside = config_.inside.contains(ip->destination());
  const bool to_outside_address = ip->destination() == config_.outside;

  if (to_inside || (!from_inside && !to_outside_address)) return drop(NatDrop::not_ours);
  if (ip->is_fragment()) return drop(NatDrop::fragment);
  if (!from_inside) return inbound(now, whole, *layers);
  Answer answer = outbound(now, whole, *layers);
  if (!answer || !to_outside_address) return answer;
  // Hairpinning: one inside speaks to another's outside address, and must see that address in the answer too.
  return inbound(now, whole, *wire::parse_packet(whole));
}

// [tag: outbound]
Nat::Answer Nat::outbound(Instant now, MutableBytes packet, const wire::Packet& layers) {
  if (const auto icmp_at = icmp_error_at(layers)) return error_outbound(now, packet, *icmp_at);
  auto editor = PacketEditor::parse(packet);
  if (!editor || !editor->has_ports()) return drop(NatDrop::no_ports);
  const bool icmp = editor->protocol() == wire::Protocol::icmp;
  if (icmp && !is_echo_of_type(layers, wire::icmp::echo_request))
    return drop(NatDrop::nobody_asked);

  const InsideEnd inside{editor->protocol(), {editor->source(), editor->source_port()}};
  Flow* flow = table_.from_inside(inside, now);
  const bool is_new = flow == nullptr;
  if (is_new) {
    flow = table_.open(inside, now);
    if (flow == nullptr) return drop(NatDrop::ports_exhausted);
    flow->first_peer = {editor->destination(), editor->destination_port()};
  }
  note_tcp_flags(*flow, flow->fin_out, layers);
  refresh(now, *flow);
  flow->bytes_out += packet.size();

  editor->set_source(config_.outside);
  editor->set_source_port(flow->outside_port);
  return Translated{flow, is_new};
}
// [end: outbound]

// [tag: inbound]
Nat::Answer Nat::inbound(Instant now, MutableBytes packet, const wire::Packet& layers) {
  if (const auto icmp_at = icmp_error_at(layers)) return error_inbound(now, packet, *icmp_at);
  auto editor = PacketEditor::parse(packet);
  if (!editor || !editor->has_ports()) return drop(NatDrop::no_ports);
  const bool icmp = editor->protocol() == wire::Protocol::icmp;
  if (icmp && !is_echo_of_type(layers, wire::icmp::echo_reply)) return drop(NatDrop::nobody_asked);

  Flow* flow = table_.from_outside(editor->protocol(), editor->destination_port(), now);
  if (flow == nullptr) return drop(NatDrop::nobody_asked);
  flow->answered = true;
  note_tcp_flags(*flow, flow->fin_in, layers);
  refresh(now, *flow);
  flow->bytes_in += packet.size();

  editor->set_destination(flow->inside.endpoint.address);
  editor->set_destination_port(flow->inside.endpoint.port);
  return Translated{flow};
}
// [end: inbound]

// An error from outside quotes what we sent: its source is our outside port, and says who inside should hear of it.
// Errors keep no flow alive and close none: anybody can make one up.
Nat::Answer Nat::error_inbound(Instant now, MutableBytes packet, std::size_t icmp_at) {
  const Flow* flow = nullptr;
  const bool translated = edit_quote(packet, icmp_at, [&](PacketEditor& quoted) {
    if (quoted.source() != IpAddress{config_.outside}) return false;
    flow = table_.from_outside(quoted.protocol(), quoted.source_port(), now);
    if (flow == nullptr) return false;
    quoted.set_source(flow->inside.endpoint.address);
    quoted.set_source_port(flow->inside.endpoint.port);
    return true;
  });
  if (!translated) return drop(NatDrop::nobody_asked);
  PacketEditor::parse(packet)->set_destination(flow->inside.endpoint.address);
  return Translated{flow};
}

// An error from inside quotes what we delivered: its destination is inside, and goes back to what it was outside.
Nat::Answer Nat::error_outbound(Instant now, MutableBytes packet, std::size_t icmp_at) {
  const Flow* flow = nullptr;
  const bool translated = edit_quote(packet, icmp_at, [&](PacketEditor& quoted) {
    const InsideEnd inside{quoted.protocol(), {quoted.destination(), quoted.destination_port()}};
    flow = table_.from_inside(inside, now);
    if (flow == nullptr) return false;
    quoted.set_destination(config_.outside);
    quoted.set_destination_port(flow->outside_port);
    return true;
  });
  if (!translated) return drop(NatDrop::nobody_asked);
  PacketEditor::parse(packet)->set_source(config_.outside);
  return Translated{flow};
}

void Nat::refresh(Instant now, Flow& flow) {
  const NatTimeouts& timeouts = config_.timeouts;
  Duration silence = timeouts.udp;
  if (flow.inside.protocol == wire::Protocol::icmp) silence = timeouts.icmp;
  if (flow.inside.protocol == wire::Protocol::tcp) {
    const bool closing = flow.reset || (flow.fin_out && flow.fin_in);
    silence = flow.answered && !closing ? timeouts.tcp_established : timeouts.tcp_transitory;
  }
  table_.keep_until(flow, now + silence);
}

}  // namespace culvert::tunnel
