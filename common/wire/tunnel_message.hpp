// The plain tunnel's message, chapter 05: one IP packet, or nothing, behind four bytes in a UDP
// datagram. It is deliberately naive: who can read the path reads the packet, and who can write to
// the path writes packets.
#pragma once

#include "base/bytes.hpp"
#include "base/ip_address.hpp"
#include "wire/parse_error.hpp"

namespace culvert::wire {

/// WireGuard's messages have the types 1 to 4, so nobody takes ours for one of them.
constexpr std::uint8_t plain_packet_type = 5;
constexpr std::size_t tunnel_header_size = 4;

/// What the tunnel puts around a packet: an outer IP header, a UDP header and our own four bytes.
constexpr std::size_t tunnel_overhead_v4 = 20 + 8 + tunnel_header_size;
constexpr std::size_t tunnel_overhead_v6 = 40 + 8 + tunnel_header_size;

/// With an address of `outer`'s family outside.
inline std::size_t tunnel_overhead(const IpAddress& outer) {
  return outer.is_v4() ? tunnel_overhead_v4 : tunnel_overhead_v6;
}

/// The largest packet that the tunnel can carry over links of 1500 bytes, as Ethernet has them.
static_assert(1500 - tunnel_overhead_v4 == 1468 && 1500 - tunnel_overhead_v6 == 1448);

/// How many bytes a link or path of `link_mtu` bytes leaves for a packet inside, when an address of `outer`'s family is
/// outside: 0 if not even the headers fit. It stands alone in its .cpp so that a learner's own can take its place.
std::size_t largest_inner_packet(const IpAddress& outer, std::size_t link_mtu);

/// Read-only view of one message. The inner packet is not looked at.
///
///      0                   1                   2                   3
///      0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |   type = 5    |                 reserved = 0                  |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |  the inner IPv4 or IPv6 packet; nothing: a hello ...
class TunnelMessageView {
 public:
  static constexpr auto layer = Layer::tunnel_message;
  static Parsed<TunnelMessageView> parse(Bytes datagram);

  Bytes packet() const { return packet_; }
  bool is_hello() const { return packet_.empty(); }

 private:
  explicit TunnelMessageView(Bytes packet) : packet_(packet) {}
  Bytes packet_;
};

/// Writes the header; the inner packet follows it.
void write_tunnel_header(MutableField<tunnel_header_size> out);

}  // namespace culvert::wire
