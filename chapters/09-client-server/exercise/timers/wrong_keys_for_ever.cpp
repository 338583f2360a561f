// caught by: keys that nothing renews are forgotten
// cause: a newer session does not keep the keys longer
#include <algorithm>

#include "tunnel/timers.hpp"

namespace culvert::tunnel {
namespace {

bool is_off(Instant timer) { return timer == Timers::never; }

}  // namespace

void Timers::on_data_sent(Instant now) {
  if (is_off(begin_handshake)) begin_handshake = now + silence_timeout + jitter;
}

void Timers::on_data_received(Instant now) {
  if (is_off(send_keepalive)) send_keepalive = now + keepalive_timeout;
}

void Timers::on_sent(Instant now, Duration keep_alive_every) {
  send_keepalive = never;  // whatever we sent shows that we are there
  if (keep_alive_every > Duration::zero()) persistent_keepalive = now + keep_alive_every;
}

void Timers::on_received(Instant now, Duration keep_alive_every) {
  begin_handshake = never;  // the peer is there
  if (keep_alive_every > Duration::zero()) persistent_keepalive = now + keep_alive_every;
}

void Timers::on_initiation_sent(Instant now) {
  if (!asking_since) asking_since = now;
  retry_handshake = now + rekey_timeout + jitter;
}

void Timers::on_session_made(Instant now) {
  if (is_off(forget_keys)) forget_keys = now + forget_keys_after;
}

void Timers::on_session_confirmed() {
  retry_handshake = never;
  asking_since.reset();
}

bool Timers::is_giving_up(Instant now) const {
  return asking_since && now - *asking_since >= rekey_attempt_time;
}

void Timers::on_gave_up(Instant now) {
  retry_handshake = never;
  asking_since.reset();
  send_keepalive = never;
  if (is_off(forget_keys)) forget_keys = now + forget_keys_after;
}

Instant Timers::first() const {
  return std::min(
      {retry_handshake, begin_handshake, send_keepalive, persistent_keepalive, forget_keys});
}

}  // namespace culvert::tunnel
