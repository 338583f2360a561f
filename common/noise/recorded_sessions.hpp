// RecordedSessions: opens what others said to each other, from a recording of their datagrams and a key log of one of them.
// It is what Wireshark does with wg.keylog_file: forward secrecy ends where somebody writes the ephemeral keys down.
#pragma once

#include <deque>
#include <vector>

#include "noise/handshake.hpp"
#include "noise/key_log.hpp"
#include "noise/message.hpp"

namespace culvert::noise {

class RecordedSessions {
 public:
  /// Keys may come late: handshakes that were seen before are looked at again.
  void add(std::vector<KeyLogRecord> records);

  /// Every datagram of the recording, in its order; those that are no handshake are left alone.
  void on_datagram(Bytes datagram);

  enum class Verdict { opened, unknown_session, forged };
  /// Opens a data message in place: behind its header of 16 bytes stands the inner packet, padded, then a tag of zeros.
  Verdict open(MutableBytes message) const;

 private:
  /// The key for messages that carry this receiver index.
  struct Session {
    std::uint32_t receiver;
    crypto::SessionKey key;
  };
  struct Handshake {
    Initiation initiation;
    Response response;
  };

  void derive(const Handshake& handshake, const KeyLogRecord& record);

  static constexpr std::size_t most_remembered = 256;  // initiations, and handshakes
  std::vector<KeyLogRecord> records_;
  std::deque<Initiation> initiations_;
  std::deque<Handshake> handshakes_;
  std::vector<Session> sessions_;  // the newest last
};

}  // namespace culvert::noise
