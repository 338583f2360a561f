#include "tunnel/plain_tunnel.hpp"

#include <algorithm>

#include "wire/build.hpp"
#include "wire/ipv4.hpp"
#include "wire/ipv6.hpp"
#include "wire/packet.hpp"
#include "wire/tunnel_message.hpp"

namespace culvert::tunnel {
namespace {

using namespace wire;

/// What an inner packet says about being too big for a link.
struct Limits {
  IpAddress destination;
  std::size_t
      every_link_carries;  // RFC 791, section 3.1 (as good as) and RFC 8200, section 5: no MTU is below it
  bool sender_wants_to_know;  // rather than have it cut in pieces
};

Limits limits_of(Bytes packet) {
  const Packet walked = Packet::walk(packet, LinkType::raw_ip);
  if (const auto v4 = walked.get<Ipv4View>()) return {v4->destination(), 576, v4->dont_fragment()};
  if (const auto v6 = walked.get<Ipv6View>()) return {v6->destination(), 1280, true};
  return {{}, packet.size(), false};
}

/// A hello is a header with nothing behind it, the same each time.
Bytes hello() {
  static constexpr std::array<std::uint8_t, tunnel_header_size> message{plain_packet_type, 0, 0, 0};
  return message;
}

}  // namespace

// [tag: too_big]
void PlainTunnel::on_too_big(Instant, std::size_t path_mtu, Bytes datagram, Outbox& out) {
  const Bytes packet = datagram.subspan(tunnel_header_size);
  const Limits limits = limits_of(packet);
  if (packet.size() <= limits.every_link_carries || !limits.sender_wants_to_know) {
    out.datagrams.push_back({*peer_, datagram, true});
    return;
  }
  drops_.add(DropReason::too_big);
  const std::size_t fits = largest_inner_packet(peer_->address, path_mtu);
  // In the name of the packet's destination: an address of our own would look forged to our own kernel.
  const auto answer =
      build_too_big(answer_, limits.destination, packet, std::max(fits, limits.every_link_carries));
  if (answer) out.packets.push_back(*answer);
}
// [end: too_big]

void PlainTunnel::on_deadline(Instant now, Outbox& out) {
  if (!peer_ || !next_hello_ || now < *next_hello_) return;
  out.datagrams.push_back({*peer_, hello()});
  next_hello_ = now + hello_every;
}

}  // namespace culvert::tunnel
