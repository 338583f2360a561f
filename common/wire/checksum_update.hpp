// Changing a word of a packet without summing the rest again: what lets a router or NAT touch a packet in a few
// instructions, and without ever seeing its payload. RFC 1624.
#pragma once

#include "base/bytes.hpp"

namespace culvert::wire {

/// The checksum after one 16-bit word that it covers went from `before` to `after`. (RFC 1624, section 3, equation 3.)
std::uint16_t checksum_update(std::uint16_t checksum, std::uint16_t before, std::uint16_t after);

/// The same for a field of several words; both have the same even length (asserted) and lie at an even offset.
std::uint16_t checksum_update(std::uint16_t checksum, Bytes before, Bytes after);

}  // namespace culvert::wire
