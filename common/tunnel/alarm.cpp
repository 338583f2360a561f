// What the engine does by itself when time has passed: each peer's timers say when (timers.hpp), here is what.
#include <utility>

#include "tunnel/tunnel.hpp"

namespace culvert::tunnel {

std::optional<Instant> Tunnel::next_deadline() const {
  if (deadlines_.empty() || deadlines_.first().when == Timers::never) return std::nullopt;
  return deadlines_.first().when;
}

void Tunnel::on_deadline(Instant now, Outbox& out) {
  while (!deadlines_.empty() && deadlines_.first().when <= now) {
    Peer& peer = *peers_[deadlines_.first().owner];
    act_on_timers(now, peer, out);
    move_deadline(peer);
  }
}

// [tag: act_on_timers]
void Tunnel::act_on_timers(Instant now, Peer& peer, Outbox& out) {
  const auto is_due = [now](Instant& timer) {
    return timer <= now && (timer = Timers::never, true);
  };
  Timers& timers = peer.timers;
  if (is_due(timers.forget_keys)) forget_sessions(peer);
  if (is_due(timers.send_keepalive)) send_keepalive(now, peer, out);
  if (is_due(timers.persistent_keepalive)) {
    timers.persistent_keepalive = now + peer.keepalive_every;
    send_keepalive(now, peer, out);
  }
  const bool nobody_answers = is_due(timers.retry_handshake);
  if (nobody_answers && timers.is_giving_up(now)) return give_up(now, peer);
  if (nobody_answers || is_due(timers.begin_handshake)) {
    peer.local_end.reset();  // perhaps it is our address that is not heard
    ask_for_session(now, peer, out);
  }
}
// [end: act_on_timers]

void Tunnel::give_up(Instant now, Peer& peer) {
  peer.timers.on_gave_up(now);
  for (std::size_t i = 0; i < peer.record->waiting.size(); ++i) drop(peer, DropReason::no_answer);
  peer.record->waiting.clear();
  stop_awaiting(peer);
}

/// A timer that moved further away is noticed when the old time comes: packets would otherwise move timers all the time.
void Tunnel::reschedule(Peer& peer) {
  if (peer.timers.first() < peer.deadline) move_deadline(peer);
}

void Tunnel::move_deadline(Peer& peer) {
  const Instant first = peer.timers.first();
  deadlines_.move(peer.slot, std::exchange(peer.deadline, first), first);
}

}  // namespace culvert::tunnel
