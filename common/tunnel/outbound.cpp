// Outbound: from the TUN device to the network.
#include <algorithm>
#include <utility>

#include "tunnel/data_message.hpp"
#include "tunnel/tunnel.hpp"

namespace culvert::tunnel {

// [tag: on_tun_packet]
void Tunnel::on_tun_packet(Instant now, PacketBuffer& packet, Outbox& out) {
  const auto inner = InnerPacket::read(packet.bytes());
  if (!inner) return drop(DropReason::not_ip);
  const auto owner = allowed_ips_.lookup(inner->destination);
  if (!owner) return drop(DropReason::no_route);
  Peer& peer = *peers_[*owner];
  if (!identity_) return drop(peer, DropReason::no_private_key);
  if (!peer.endpoint) return drop(peer, DropReason::no_endpoint);

  if (peer.can_send(now)) {
    const std::size_t padding = data_message::padded_size(packet.size(), mtu_) - packet.size();
    std::ranges::fill(packet.append(padding), std::uint8_t{0});
    packet.append(data_message::tag_size);
    packet.prepend(data_message::header_size);
    send_data(now, peer, packet.bytes(), inner->ecn, out);
  } else {
    let_wait(peer, packet.bytes());
    ask_for_session(now, peer, out);
  }
  reschedule(peer);
}
// [end: on_tun_packet]

// [tag: send_data]
void Tunnel::send_data(Instant now, Peer& peer, MutableBytes message, Ecn ecn, Outbox& out) {
  Session& session = *peer.sessions.current;
  if (out.sealed_by_owner)
    out.to_seal.push_back(session.to_seal(message));
  else
    session.seal(message);
  send(now, peer, message, outer_traffic_class(ecn), out);
  if (message.size() > data_message::overhead) peer.timers.on_data_sent(now);
  if (session.wants_successor_after_sending(now)) ask_for_session(now, peer, out);
}
// [end: send_data]

/// The packet, laid out as it will be sealed.
void Tunnel::let_wait(Peer& peer, Bytes packet) {
  if (peer.record->waiting.size() == PeerRecord::max_waiting) {
    peer.record->waiting.erase(peer.record->waiting.begin());
    drop(peer, DropReason::too_many_waiting);
  }
  std::vector<std::uint8_t> message(data_message::padded_size(packet.size(), mtu_) +
                                    data_message::overhead);
  copy_bytes(packet, MutableBytes{message}.subspan(data_message::header_size));
  peer.record->waiting.push_back(std::move(message));
}

void Tunnel::send_waiting(Instant now, Peer& peer, Outbox& out) {
  for (auto& message : std::exchange(peer.record->waiting, {})) {
    if (!peer.can_send(now))
      return ask_for_session(now, peer, out);  // the session's last counters went
    const Bytes bytes{message};
    const auto inner = InnerPacket::read(bytes.subspan(data_message::header_size)).value();
    send_data(now, peer, out.keep(std::move(message)), inner.ecn, out);
  }
}

/// An empty data message, or what else there is to send; without a session, the wish for one.
void Tunnel::send_keepalive(Instant now, Peer& peer, Outbox& out) {
  if (!peer.can_send(now)) return ask_for_session(now, peer, out);
  if (!peer.record->waiting.empty()) return send_waiting(now, peer, out);
  send_data(now, peer, out.keep(std::vector<std::uint8_t>(data_message::overhead)),
            Ecn::not_capable, out);
}

void Tunnel::send(Instant now, Peer& peer, Bytes message, std::uint8_t traffic_class, Outbox& out) {
  out.datagrams.push_back({*peer.endpoint, message, true, traffic_class, peer.local_end});
  peer.sent += message.size();
  peer.timers.on_sent(now, peer.keepalive_every);
}

/// Our datagrams may be cut in pieces outside, so this one was larger than UDP itself allows.
void Tunnel::on_too_big(Instant, std::size_t, Bytes, Outbox&) { drop(DropReason::too_big); }

}  // namespace culvert::tunnel
