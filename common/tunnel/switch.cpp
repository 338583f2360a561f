#include "tunnel/switch.hpp"

#include "wire/ethernet.hpp"
#include "wire/tunnel_message.hpp"

namespace culvert::tunnel {

using wire::tunnel_header_size;

Switch Switch::to_server(const Endpoint& server, Instant now) {
  Switch out;
  out.server_ = server;
  out.next_hello_ = now;
  return out;
}

void Switch::on_tun_packet(Instant now, PacketBuffer& frame, Outbox& out) {
  wire::write_tunnel_header(frame.prepend(tunnel_header_size).first<tunnel_header_size>());
  pass_on(now, Port{}, frame.bytes(), out);
}

void Switch::on_datagram(Instant now, const Arrival& arrival, PacketBuffer& datagram, Outbox& out) {
  if (server_ && arrival.from != *server_) return drops_.add(DropReason::not_the_peer);
  const auto message = wire::TunnelMessageView::parse(datagram.bytes());
  if (!message) return drops_.add(DropReason::bad_message);
  if (!server_) plugged_in_[arrival.from] = now;
  if (!message->is_hello()) pass_on(now, Port{arrival.from}, datagram.bytes(), out);
}

// [tag: pass_on]
void Switch::pass_on(Instant now, const Port& from, Bytes message, Outbox& out) {
  const auto frame = wire::EthernetView::parse(message.subspan(tunnel_header_size));
  if (!frame) return drops_.add(DropReason::bad_message);
  stations_.learn(frame->source(), from, now);

  const auto known = stations_.find(frame->destination(), now);
  if (known && !is_group(frame->destination())) {
    if (*known == from) return;  // both are behind the same port: they have heard each other
    ++forwarded_;
    return send(*known, message, out);
  }
  ++flooded_;
  if (from != Port{}) send(Port{}, message, out);
  if (server_ && from == Port{}) send(Port{server_}, message, out);
  for (const auto& [end, heard] : plugged_in_) {
    if (Port{end} != from && now - heard < unplugged_after) send(Port{end}, message, out);
  }
}
// [end: pass_on]

void Switch::send(const Port& to, Bytes message, Outbox& out) {
  if (to.remote) {
    out.datagrams.push_back({*to.remote, message, true});
  } else {
    out.packets.push_back(message.subspan(tunnel_header_size));
  }
}

void Switch::on_deadline(Instant now, Outbox& out) {
  if (!next_hello_ || now < *next_hello_) return;
  static constexpr std::array<std::uint8_t, tunnel_header_size> hello{wire::plain_packet_type};
  out.datagrams.push_back({*server_, hello});
  next_hello_ = now + hello_every;
}

}  // namespace culvert::tunnel
