// Inbound: from the network to the TUN device.
#include "tunnel/data_message.hpp"
#include "tunnel/tunnel.hpp"

namespace culvert::tunnel {

// [tag: on_datagram]
void Tunnel::on_datagram(Instant now, const Arrival& arrival, PacketBuffer& datagram, Outbox& out) {
  const Bytes bytes = datagram.bytes();
  if (data_message::fits(bytes)) return on_data(now, arrival, datagram, out);
  if (const auto initiation = noise::parse<noise::Initiation>(bytes))
    return on_initiation(now, arrival, *initiation, out);
  if (const auto response = noise::parse<noise::Response>(bytes))
    return on_response(now, arrival, *response, out);
  if (const auto reply = noise::parse<noise::CookieReply>(bytes))
    return on_cookie_reply(now, *reply);
  drop(DropReason::bad_message);
}
// [end: on_datagram]

// [tag: on_data]
void Tunnel::on_data(Instant now, const Arrival& arrival, PacketBuffer& datagram, Outbox& out) {
  const MutableBytes message = datagram.bytes();
  const std::uint32_t index = data_message::receiver(message);
  Peer* peer = owner_of(index);
  Session* session = peer != nullptr ? peer->sessions.find(index) : nullptr;
  if (session == nullptr) return drop(DropReason::unknown_session);
  const auto reason = arrival.is_genuine ? session->on_opened(*arrival.is_genuine, message)
                                         : session->open(now, message);
  if (reason) return drop(*peer, *reason);

  on_received(now, *peer, arrival, message.size());
  if (peer->sessions.is_next(*session)) {
    confirm_next(now, *peer, out);  // who answered never asks for a successor
  } else if (session->wants_successor_after_receiving(now) && !peer->asked_in_last_minute) {
    peer->asked_in_last_minute = true;
    ask_for_session(now, *peer, out);
  }
  datagram.drop_front(data_message::header_size);
  datagram.drop_back(data_message::tag_size);
  if (datagram.size() > 0) {
    peer->timers.on_data_received(now);
    deliver(*peer, arrival, datagram, out);
  }
  reschedule(*peer);
}
// [end: on_data]

/// A session that ends or begins within a batch makes no difference: then on_data() does not find it, or opens itself.
std::optional<CipherJob> Tunnel::to_open(Instant now, MutableBytes datagram) {
  if (!data_message::fits(datagram)) return std::nullopt;
  const std::uint32_t index = data_message::receiver(datagram);
  Peer* peer = owner_of(index);
  const Session* session = peer != nullptr ? peer->sessions.find(index) : nullptr;
  if (session == nullptr) return std::nullopt;
  return session->to_open(now, datagram);
}

// [tag: deliver]
void Tunnel::deliver(Peer& peer, const Arrival& arrival, PacketBuffer& packet, Outbox& out) {
  const auto inner = InnerPacket::read(packet.bytes());
  if (!inner) return drop(peer, DropReason::not_ip);
  if (inner->length > packet.size()) return drop(peer, DropReason::bad_length);
  // A peer that could choose its inner source freely could speak in the name of every other one.
  if (allowed_ips_.lookup(inner->source) != peer.slot) return drop(peer, DropReason::wrong_source);
  peer.inside = inner->source;

  packet.drop_back(packet.size() - inner->length);
  mark_congestion(packet.bytes(), ecn_of(arrival.traffic_class));
  out.packets.push_back(packet.bytes());
}
// [end: deliver]

/// A genuine message: it tells that the peer is there, and where. This is all there is to roaming.
void Tunnel::on_received(Instant now, Peer& peer, const Arrival& arrival, std::size_t size) {
  peer.endpoint = arrival.from;
  peer.local_end = arrival.at;
  peer.received += size;
  peer.timers.on_received(now, peer.keepalive_every);
}

}  // namespace culvert::tunnel
