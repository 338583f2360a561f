// PacketSeal, chapter 07: makes a packet unreadable and unchangeable, with keys that both sides made from a preshared one.
// Sealing is done in place, and the message is WireGuard's data message (data_message.hpp) for a session that has no name.
#pragma once

#include <optional>

#include "base/packet_buffer.hpp"
#include "crypto/keys.hpp"
#include "tunnel/drop_reason.hpp"
#include "tunnel/replay_window.hpp"

namespace culvert::tunnel {

/// What one can do wrong, on purpose: chapters/07-encrypt/attacks break each of them.
enum class Weakness {
  none,
  no_tag,            // encrypted only: nobody notices a change
  nonce_reuse,       // every packet with the same nonce
  no_replay_window,  // a genuine packet is welcome as often as it comes
};

/// One key for each direction: with the same one in both, each side would use the other's nonces again.
struct DirectionKeys {
  crypto::SessionKey send;
  crypto::SessionKey receive;

  static DirectionKeys of_client(const crypto::PresharedKey& key);
  static DirectionKeys of_server(const crypto::PresharedKey& key);
};

class PacketSeal {
 public:
  /// `first_counter` has to lie above every counter that was ever used with these keys, also before a restart. Nanoseconds
  /// since 1970 do, as long as the clock is not set back.
  PacketSeal(DirectionKeys keys, std::uint64_t first_counter, Weakness weakness = Weakness::none)
      : keys_(std::move(keys)), next_counter_(first_counter), weakness_(weakness) {}

  /// Packet to message; the buffer needs head-room and tail-room.
  void seal(PacketBuffer& packet);
  /// Message to packet, or why not.
  std::optional<DropReason> open(PacketBuffer& message);

 private:
  std::uint64_t nonce_for(std::uint64_t counter) const;
  bool decrypt(std::uint64_t counter, PacketBuffer& sealed) const;

  DirectionKeys keys_;
  std::uint64_t next_counter_;
  ReplayWindow window_;
  Weakness weakness_;
};

}  // namespace culvert::tunnel
