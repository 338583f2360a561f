// Build: whole packets with every length and checksum right, written into the caller's buffer.
#pragma once

#include <optional>

#include "base/endpoint.hpp"
#include "wire/parse_error.hpp"

namespace culvert::wire {

/// All of these return the part of `out` that holds the packet. `out` must be large enough (asserted): header_room below
/// and the payload. IPv4 or IPv6 follows from the addresses, which must be of one family (asserted).
constexpr std::size_t header_room = 40 + 20;

/// A UDP datagram in an IP packet.
MutableBytes build_udp(MutableBytes out, const Endpoint& from, const Endpoint& to, Bytes payload);

/// An echo request (RFC 792, RFC 4443 section 4.1).
MutableBytes build_echo_request(MutableBytes out, const IpAddress& from, const IpAddress& to,
                                std::uint16_t identifier, std::uint16_t sequence, Bytes payload);

/// The answer to an echo request packet: addresses swapped, the same identifier, sequence and data. A packet in fragments
/// is answered fragment by fragment. Nothing if `request` is neither a sound echo request nor a part of one.
std::optional<MutableBytes> build_echo_reply(MutableBytes out, Bytes request);

/// "This packet does not fit, MTU bytes would": ICMP fragmentation needed (RFC 1191) or ICMPv6 packet too big (RFC 4443,
/// section 3.2), sent by `router` to the source of `original`, which it quotes as far as the RFCs allow. Nothing if
/// `original` is no IP packet, is itself an ICMP error (errors about errors would never end), or is a later fragment (its
/// sender hears it from the first one): RFC 1122, section 3.2.2.
std::optional<MutableBytes> build_too_big(MutableBytes out, const IpAddress& router, Bytes original,
                                          std::size_t mtu);

}  // namespace culvert::wire
