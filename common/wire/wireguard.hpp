// WireGuard's four messages as the path sees them: who talks about which session, and nothing else.
// WireGuard: Next Generation Kernel Network Tunnel, section 5.4.
#pragma once

#include <optional>

#include "base/bytes.hpp"
#include "wire/parse_error.hpp"

namespace culvert::wire {

/// Read-only view of one message. Numbers are little-endian.
///
///     type (1), reserved (3), then
///     1 initiation: sender (4), ephemeral (32), static (48), timestamp (28), mac1 (16), mac2 (16)
///     2 response:   sender (4), receiver (4), ephemeral (32), nothing (16), mac1 (16), mac2 (16)
///     3 cookie:     receiver (4), nonce (24), cookie (32)
///     4 data:       receiver (4), counter (8), packet and tag (16 and more)
class WireguardView {
 public:
  static constexpr auto layer = Layer::wireguard;
  static constexpr unsigned initiation = 1;
  static constexpr unsigned response = 2;
  static constexpr unsigned cookie = 3;
  static constexpr unsigned data = 4;

  /// What can be read of a message has to be here: all of it, but of data only the first 16 bytes.
  static Parsed<WireguardView> parse(Bytes bytes);

  /// Whether a datagram of that length that begins with these bytes may be one: no port number tells.
  static bool fits(Bytes beginning, std::size_t length);

  unsigned type() const { return message_[0]; }
  std::optional<std::uint32_t> sender() const;
  std::optional<std::uint32_t> receiver() const;
  std::optional<std::uint64_t> counter() const;
  Bytes message() const { return message_; }

 private:
  explicit WireguardView(Bytes message) : message_(message) {}
  Bytes message_;
};

}  // namespace culvert::wire
