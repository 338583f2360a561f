// The fourth message of WireGuard: one inner packet, sealed. WireGuard's paper, section 5.4.6; numbers are little-endian.
//
//     0: type = 4 (1), reserved = 0 (3)     8: counter (8)
//     4: receiver (4)                      16: packet, padded with zeros and encrypted, and its tag (16)
#pragma once

#include <algorithm>

#include "base/bytes.hpp"

namespace culvert::tunnel::data_message {

constexpr std::uint32_t type = 4;
constexpr std::size_t header_size = 16;
constexpr std::size_t tag_size = 16;
constexpr std::size_t overhead = header_size + tag_size;

inline void write_header(MutableField<header_size> out, std::uint32_t receiver,
                         std::uint64_t counter) {
  store_le32(out.first<4>(), type);
  store_le32(out.subspan<4, 4>(), receiver);
  store_le64(out.last<8>(), counter);
}

/// Long enough for the header and the tag of an empty packet.
constexpr bool fits(Bytes datagram) {
  return datagram.size() >= overhead && load_le32(datagram.first<4>()) == type;
}
inline std::uint32_t receiver(Bytes message) { return load_le32(message.subspan<4, 4>()); }
inline std::uint64_t counter(Bytes message) { return load_le64(message.subspan<8, 8>()); }

/// Packets are padded to multiples of 16, so that their exact length stays between the two ends; but none grows over the
/// MTU by that, which would break it in pieces outside.
constexpr std::size_t padded_size(std::size_t size, std::size_t mtu) {
  const std::size_t padded = (size + 15) / 16 * 16;
  return std::max(size, std::min(padded, mtu));
}

}  // namespace culvert::tunnel::data_message
