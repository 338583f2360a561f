// Session: one handshake's two keys, and how much they have been used. It seals and opens data messages in place.
// A session never lives longer than three minutes: who steals its keys later gets three minutes of the past, no more.
#pragma once

#include <optional>

#include "base/time.hpp"
#include "noise/handshake.hpp"
#include "tunnel/cipher_job.hpp"
#include "tunnel/drop_reason.hpp"
#include "tunnel/replay_window.hpp"

namespace culvert::tunnel {

class Session {
 public:
  Session(const noise::SessionKeys& keys, Instant born) : keys_(keys), born_(born) {}

  std::uint32_t local_index() const { return keys_.local_index; }

  bool can_send(Instant now) const { return lives(now) && next_counter_ < reject_after_messages; }
  /// `message` is a header to be written, the padded packet, and room for its tag. Only if can_send() (asserted).
  void seal(MutableBytes message);

  /// Decrypts the packet between header and tag, or says why not.
  std::optional<DropReason> open(Instant now, MutableBytes message);

  /// The same for who lets others do the work, in session_jobs.cpp. The counter of a sealed message is taken now; a message that
  /// was opened is told of, in the order in which they came. None to open if the session has ended.
  CipherJob to_seal(MutableBytes message);
  std::optional<CipherJob> to_open(Instant now, MutableBytes message) const;
  std::optional<DropReason> on_opened(bool is_genuine, Bytes message);

  /// Whether it is time for a new handshake. After 120 s the side that asked for this session asks for the next one: if both
  /// did, they would always do it at once.
  bool wants_successor_after_sending(Instant now) const {
    return next_counter_ > rekey_after_messages ||
           (keys_.initiator && now - born_ >= rekey_after_time);
  }
  /// Who only receives asks as late as it can, and still before the session ends.
  bool wants_successor_after_receiving(Instant now) const {
    return keys_.initiator && now - born_ >= reject_after_time - silence_timeout;
  }

  /// A message with that counter comes soon.
  void expect(std::uint64_t counter) const { window_.expect(counter); }

  /// For tests that cannot send 2^60 packets.
  void skip_to(std::uint64_t counter) { next_counter_ = counter; }

 private:
  bool lives(Instant now) const { return now - born_ < reject_after_time; }

  noise::SessionKeys keys_;
  Instant born_;
  std::uint64_t next_counter_ = 0;
  ReplayWindow window_;
};

}  // namespace culvert::tunnel
