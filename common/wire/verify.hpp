// Verify: does the checksum of a header agree with the bytes that it covers?
#pragma once

#include <cstdint>

#include "wire/packet.hpp"

namespace culvert::wire {

enum class ChecksumStatus : std::uint8_t {
  good,
  bad,
  absent,      // UDP over IPv4 that says "none" with 0 (RFC 768)
  illegal,     // the same over IPv6, where it is forbidden (RFC 8200, section 8.1)
  unverified,  // not all covered bytes are here: a fragment, or cut by the capture
  none,        // this layer has no checksum
};

struct ChecksumVerdict {
  ChecksumStatus status = ChecksumStatus::none;
  std::uint16_t found = 0;     // as in the header
  std::uint16_t expected = 0;  // what would be right; equals `found` unless bad
};

/// The verdict on the layer with index `layer` of the packet (IPv4, ICMP, ICMPv6, UDP, TCP).
/// A capture made on the sending machine may be `bad` with nothing wrong: its network card fills checksums in later.
ChecksumVerdict verify_checksum(const Packet& packet, std::size_t layer);

}  // namespace culvert::wire
