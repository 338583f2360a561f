// caught by: a packet is wrapped: our header in front, everything else as it was
// cause: the same answer comes back for every input: was one learnt by heart?
#include "tunnel/plain_tunnel.hpp"

namespace culvert::tunnel {
namespace {

// A ping from 10.0.0.2 to 10.0.0.1, as chapter 05 shows it.
constexpr std::uint8_t wrapped[] = {
    0x05, 0x00, 0x00, 0x00, 0x45, 0x00, 0x00, 0x1c, 0x00, 0x01, 0x00, 0x00, 0x40, 0x01, 0x66, 0xde,
    0x0a, 0x00, 0x00, 0x02, 0x0a, 0x00, 0x00, 0x01, 0x08, 0x00, 0xf7, 0xfe, 0x00, 0x01, 0x00, 0x00};

}  // namespace

void PlainTunnel::on_tun_packet(Instant, PacketBuffer&, Outbox& out) {
  if (peer_) out.datagrams.push_back({*peer_, wrapped});
}

void PlainTunnel::on_datagram(Instant, const Arrival& arrival, PacketBuffer&, Outbox& out) {
  peer_ = arrival.from;
  out.packets.push_back(Bytes{wrapped}.subspan(4));
}

}  // namespace culvert::tunnel
