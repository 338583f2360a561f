// The messages of WireGuard's handshake, byte for byte; the fourth message, data, belongs to the tunnel.
// WireGuard's paper, sections 5.4.2, 5.4.3 and 5.4.7. Numbers are little-endian.
#pragma once

#include <algorithm>
#include <array>
#include <optional>

#include "base/bytes.hpp"

namespace culvert::noise {

/// A field of a message: where it begins, and how wide it is.
template <std::size_t offset, std::size_t width>
struct Slot {};

/// One whole message. `message[Initiation::sender]` is a field; one past the end does not compile.
template <std::uint8_t message_type, std::size_t message_size>
class Message {
 public:
  static constexpr std::uint8_t type = message_type;
  static constexpr std::size_t size = message_size;

  template <std::size_t offset, std::size_t width>
  MutableField<width> operator[](Slot<offset, width>) {
    return MutableField<size>{bytes_}.template subspan<offset, width>();
  }
  template <std::size_t offset, std::size_t width>
  Field<width> operator[](Slot<offset, width>) const {
    return Field<size>{bytes_}.template subspan<offset, width>();
  }
  Bytes bytes() const { return bytes_; }
  MutableBytes bytes() { return bytes_; }

 private:
  std::array<std::uint8_t, size> bytes_{type};
};

/// Message 1, "I want to talk to you":
///
///       0: type = 1 (1), reserved = 0 (3)      40: static, encrypted (32 + 16)      116: mac1 (16)
///       4: sender (4)                          88: timestamp, encrypted (12 + 16)   132: mac2 (16)
///       8: ephemeral (32)
struct Initiation : Message<1, 148> {
  static constexpr Slot<4, 4> sender{};
  static constexpr Slot<8, 32> ephemeral{};
  static constexpr Slot<40, 48> encrypted_static{};
  static constexpr Slot<88, 28> encrypted_timestamp{};
};

/// Message 2, the answer:
///
///       0: type = 2 (1), reserved = 0 (3)      12: ephemeral (32)                   60: mac1 (16)
///       4: sender (4)                          44: nothing, encrypted (0 + 16)      76: mac2 (16)
///       8: receiver (4)
struct Response : Message<2, 92> {
  static constexpr Slot<4, 4> sender{};
  static constexpr Slot<8, 4> receiver{};
  static constexpr Slot<12, 32> ephemeral{};
  static constexpr Slot<44, 16> encrypted_nothing{};
};

/// Message 3, "I am busy: first show that you live where you say":
///
///       0: type = 3 (1), reserved = 0 (3)       8: nonce (24)
///       4: receiver (4)                        32: cookie, encrypted (16 + 16)
struct CookieReply : Message<3, 64> {
  static constexpr Slot<4, 4> receiver{};
  static constexpr Slot<8, 24> nonce{};
  static constexpr Slot<32, 32> encrypted_cookie{};
};

/// The datagram as a `Kind`: only if it has its type and exactly its length.
template <class Kind>
std::optional<Kind> parse(Bytes datagram) {
  if (datagram.size() != Kind::size || load_le32(datagram.first<4>()) != Kind::type) return {};
  Kind message;
  copy_bytes(datagram, message.bytes());
  return message;
}

}  // namespace culvert::noise
