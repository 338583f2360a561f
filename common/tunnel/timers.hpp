// Timers: when one peer's end has to speak up by itself. Every event of the tunnel sets or clears some of them; the engine asks
// for the first and acts when it comes. WireGuard's paper, sections 6.1 to 6.5.
// They stand alone in their .cpp so that a learner's own can take their place.
#pragma once

#include <optional>

#include "base/time.hpp"
#include "tunnel/limits.hpp"

namespace culvert::tunnel {

struct Timers {
  static constexpr Instant never = Instant::max();

  Instant retry_handshake = never;  // our initiation was not answered
  Instant begin_handshake =
      never;  // we sent data and heard nothing: perhaps the peer has forgotten us
  Instant send_keepalive =
      never;  // we received data and said nothing: the peer would think we are gone
  Instant persistent_keepalive = never;  // a NAT on the way would forget us
  Instant forget_keys = never;

  /// Data is a packet of somebody; keepalives and handshakes are not.
  void on_data_sent(Instant now);
  void on_data_received(Instant now);
  /// Anything at all went out, or came in and proved genuine.
  void on_sent(Instant now, Duration keep_alive_every);
  void on_received(Instant now, Duration keep_alive_every);

  void on_initiation_sent(Instant now);
  void on_session_made(Instant now);
  void on_session_confirmed();
  /// Whether to stop asking: for 90 s nobody has answered.
  bool is_giving_up(Instant now) const;
  void on_gave_up(Instant now);

  Instant first() const;

  std::optional<Instant> asking_since;  // the first initiation of those that nobody has answered
  Duration jitter{};                    // up to rekey_jitter, drawn anew for each handshake
};

}  // namespace culvert::tunnel
