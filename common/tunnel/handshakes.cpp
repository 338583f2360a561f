// Handshakes: how sessions begin, follow each other and end. WireGuard's paper, sections 5.4 and 6.
#include "noise/responder.hpp"
#include "tunnel/tunnel.hpp"

namespace culvert::tunnel {
namespace {

/// A peer that asks more often than this wants to keep us busy.
constexpr auto shortest_pause = std::chrono::milliseconds{20};
/// Timestamps are rounded to about 17 ms; the next one that a peer takes for new is that much later.
constexpr auto timestamp_step = std::chrono::milliseconds{17};
/// DSCP AF41, ECN not capable: handshakes may overtake (RFC 2597), as WireGuard's do.
constexpr std::uint8_t handshake_traffic_class = 0x88;

}  // namespace

// [tag: may_shake_hands]
/// Every answer costs us more than the question cost; so who asks must first know our public key, then, under load, live
/// where it says, then not ask too often.
bool Tunnel::may_shake_hands(Instant now, const Arrival& arrival, Bytes message, Outbox& out) {
  const auto refuse = [this](DropReason reason) { return drop(reason), false; };
  if (!identity_) return refuse(DropReason::no_private_key);
  if (!cookie_checker_->mac1_fits(message)) return refuse(DropReason::bad_mac1);
  if (!load_.is_too_much(now)) return true;

  if (!cookie_checker_->mac2_fits(now, arrival.from, message)) {
    const auto reply = cookie_checker_->reply(now, arrival.from, message, random_);
    const Bytes bytes = out.keep_copy(reply.bytes());
    out.datagrams.push_back({arrival.from, bytes, true, handshake_traffic_class, arrival.at});
    return refuse(DropReason::cookie_demanded);
  }
  if (!sources_.allows(now, arrival.from.address)) return refuse(DropReason::too_many_from_there);
  return true;
}
// [end: may_shake_hands]

// [tag: on_initiation]
void Tunnel::on_initiation(Instant now, const Arrival& arrival, const noise::Initiation& message,
                           Outbox& out) {
  if (!may_shake_hands(now, arrival, message.bytes(), out)) return;
  auto incoming = noise::consume(message, *identity_);
  if (!incoming) return drop(DropReason::bad_handshake);
  Peer* peer = find(incoming->remote_static);
  if (peer == nullptr) return drop(DropReason::unknown_peer);
  if (peer->record->initiation_arrived && now - *peer->record->initiation_arrived < shortest_pause)
    return drop(*peer, DropReason::hasty_initiation);
  if (!peer->record->timestamps.admit(incoming->timestamp))
    return drop(*peer, DropReason::old_initiation);

  const std::uint32_t index = new_index();
  auto answer = noise::respond(std::move(*incoming), peer->record->preshared_key, index, random_);
  if (!answer) return drop(*peer, DropReason::bad_handshake);

  peer->record->initiation_arrived = now;
  on_received(now, *peer, arrival, message.size);
  slot_of_index_.set(index, peer->slot);
  log_keys(*peer, answer->ephemeral);
  drop_session(peer->sessions.previous);
  drop_session(peer->sessions.next);
  peer->sessions.next.emplace(answer->keys, now);
  peer->timers.on_session_made(now);
  send_handshake(now, *peer, answer->message.bytes(), out);
  reschedule(*peer);
}
// [end: on_initiation]

// [tag: on_response]
void Tunnel::on_response(Instant now, const Arrival& arrival, const noise::Response& message,
                         Outbox& out) {
  if (!may_shake_hands(now, arrival, message.bytes(), out)) return;
  const std::uint32_t index = load_le32(message[noise::Response::receiver]);
  Peer* peer = owner_of(index);
  if (peer == nullptr || !peer->record->awaiting || peer->record->awaiting->local_index() != index)
    return drop(DropReason::unexpected_response);
  const auto keys =
      peer->record->awaiting->consume(message, *identity_, peer->record->preshared_key);
  if (!keys) return drop(*peer, DropReason::bad_handshake);

  on_received(now, *peer, arrival, message.size);
  peer->record->awaiting.reset();  // its index is the session's now
  Sessions& sessions = peer->sessions;
  drop_session(sessions.previous);
  sessions.previous = std::exchange(sessions.next ? sessions.next : sessions.current, std::nullopt);
  drop_session(sessions.current);
  sessions.current.emplace(*keys, now);
  peer->timers.on_session_made(now);
  on_session_confirmed(*peer);
  send_keepalive(now, *peer,
                 out);  // or what waits: the peer may use the session when it has seen us use it
  reschedule(*peer);
}
// [end: on_response]

/// The peer has used the session that we answered with.
void Tunnel::confirm_next(Instant now, Peer& peer, Outbox& out) {
  Sessions& sessions = peer.sessions;
  drop_session(sessions.previous);
  sessions.previous = std::exchange(sessions.current, std::nullopt);
  sessions.current = std::exchange(sessions.next, std::nullopt);
  stop_awaiting(peer);
  on_session_confirmed(peer);
  send_waiting(now, peer, out);
}

void Tunnel::on_session_confirmed(Peer& peer) {
  peer.timers.on_session_confirmed();
  peer.asked_in_last_minute = false;
  peer.record->last_handshake = wall_clock_.now();
}

void Tunnel::on_cookie_reply(Instant now, const noise::CookieReply& message) {
  Peer* peer = owner_of(load_le32(message[noise::CookieReply::receiver]));
  if (peer == nullptr) return drop(DropReason::bad_cookie);
  if (!peer->record->cookies.consume(now, message)) return drop(*peer, DropReason::bad_cookie);
}

// [tag: ask_for_session]
/// Not more often than every five seconds: the last message may still be on its way, in whatever direction.
void Tunnel::ask_for_session(Instant now, Peer& peer, Outbox& out) {
  if (!identity_ || !peer.endpoint) return;
  if (!peer.record->handshake_sent || now - *peer.record->handshake_sent >= rekey_timeout)
    return send_initiation(now, peer, out);
  if (peer.timers.retry_handshake == Timers::never)
    peer.timers.retry_handshake = *peer.record->handshake_sent + rekey_timeout + peer.timers.jitter;
}
// [end: ask_for_session]

void Tunnel::send_initiation(Instant now, Peer& peer, Outbox& out) {
  last_timestamp_ = std::max(wall_clock_.now(), last_timestamp_ + timestamp_step);
  const noise::Request request{new_index(), noise::Timestamp::at(last_timestamp_)};
  auto opening = noise::initiate(*identity_, peer.record->key, request, random_);
  if (!opening) return drop(peer, DropReason::bad_handshake);
  stop_awaiting(peer);
  slot_of_index_.set(request.local_index, peer.slot);
  log_keys(peer, opening->next.ephemeral());
  peer.record->awaiting.emplace(std::move(opening->next));
  send_handshake(now, peer, opening->message.bytes(), out);
  peer.timers.on_initiation_sent(now);
}

void Tunnel::send_handshake(Instant now, Peer& peer, MutableBytes message, Outbox& out) {
  peer.record->cookies.add_macs(now, message);
  peer.record->handshake_sent = now;
  peer.timers.jitter = std::chrono::milliseconds{random_.below(rekey_jitter.count() + 1)};
  send(now, peer, out.keep_copy(message), handshake_traffic_class, out);
}

void Tunnel::forget_sessions(Peer& peer) {
  drop_session(peer.sessions.previous);
  drop_session(peer.sessions.current);
  drop_session(peer.sessions.next);
  stop_awaiting(peer);
  peer.record->handshake_sent.reset();
}

void Tunnel::drop_session(std::optional<Session>& session) {
  if (session) slot_of_index_.erase(session->local_index());
  session.reset();
}

void Tunnel::stop_awaiting(Peer& peer) {
  if (peer.record->awaiting) slot_of_index_.erase(peer.record->awaiting->local_index());
  peer.record->awaiting.reset();
}

/// Random, so that an observer cannot count our sessions.
std::uint32_t Tunnel::new_index() {
  std::array<std::uint8_t, 4> bytes{};
  do random_.fill(bytes);
  while (slot_of_index_.contains(load_le32(bytes)));
  return load_le32(bytes);
}

Peer* Tunnel::owner_of(std::uint32_t index) {
  const auto slot = slot_of_index_.find(index);
  return slot ? &*peers_[*slot] : nullptr;
}

void Tunnel::log_keys(const Peer& peer, const crypto::PrivateKey& ephemeral) const {
  if (key_log_)
    key_log_({identity_->private_key, peer.record->key, ephemeral, peer.record->preshared_key});
}

}  // namespace culvert::tunnel
