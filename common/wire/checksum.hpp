// The Internet checksum: what IPv4, ICMP, UDP and TCP check themselves with. RFC 1071.
#pragma once

#include "base/ip_address.hpp"
#include "wire/numbers.hpp"

namespace culvert::wire {

/// The ones' complement sum of `bytes` taken as 16-bit big-endian words, folded into 16 bits; an odd last byte counts as
/// the high half of a word. `start` is a sum to go on from, such as pseudo_header_sum(). (RFC 1071, section 1.)
std::uint16_t ones_complement_sum(Bytes bytes, std::uint16_t start = 0);

/// Sums of consecutive blocks add up with the carry brought back in at the low end ("end-around carry").
constexpr std::uint16_t add_ones_complement(std::uint16_t a, std::uint16_t b) {
  const std::uint32_t sum = std::uint32_t{a} + b;
  return static_cast<std::uint16_t>((sum & 0xffffu) + (sum >> 16));
}

/// What stands in a header: the complement of the sum, computed with the checksum field itself as zero. Over bytes that
/// include a right checksum it is 0.
inline std::uint16_t internet_checksum(Bytes bytes, std::uint16_t start = 0) {
  return static_cast<std::uint16_t>(~ones_complement_sum(bytes, start));
}

/// UDP, TCP and ICMPv6 also sum a pseudo header: both addresses, the protocol and the length of header and payload in
/// bytes, so that a datagram at the wrong address does not check. (RFC 768; RFC 9293, section 3.1; RFC 8200, section 8.1.)
std::uint16_t pseudo_header_sum(const IpAddress& source, const IpAddress& destination,
                                Protocol protocol, std::size_t length);

/// UDP sends a computed 0 as 0xffff, the other zero of ones' complement, because 0 means "no checksum" (RFC 768).
constexpr std::uint16_t udp_checksum_on_wire(std::uint16_t checksum) {
  return checksum == 0 ? std::uint16_t{0xffff} : checksum;
}

}  // namespace culvert::wire
