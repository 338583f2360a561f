#include "tunnel/sealed_tunnel.hpp"

#include "tunnel/data_message.hpp"
#include "tunnel/inner_packet.hpp"

namespace culvert::tunnel {

// [tag: carry]
void SealedTunnel::on_tun_packet(Instant, PacketBuffer& packet, Outbox& out) {
  if (!InnerPacket::read(packet.bytes())) return drops_.add(DropReason::not_ip);
  if (!peer_) return drops_.add(DropReason::no_peer_yet);

  outbound_.add(packet.size());
  seal_.seal(packet);
  out.datagrams.push_back({*peer_, packet.bytes()});
}

void SealedTunnel::on_datagram(Instant, const Arrival& arrival, PacketBuffer& datagram,
                               Outbox& out) {
  if (const auto reason = seal_.open(datagram)) return drops_.add(*reason);
  const bool hello = datagram.size() == 0;
  if (!hello && !InnerPacket::read(datagram.bytes())) return drops_.add(DropReason::not_ip);

  peer_ = arrival.from;  // the seal says so: nobody else has the key
  if (hello) return;
  inbound_.add(datagram.size());
  out.packets.push_back(datagram.bytes());
}
// [end: carry]

void SealedTunnel::on_too_big(Instant, std::size_t, Bytes datagram, Outbox& out) {
  // The packet inside cannot be read any more, so its sender cannot be told; the network may cut the datagram in pieces.
  out.datagrams.push_back({*peer_, datagram, true});
}

void SealedTunnel::on_deadline(Instant now, Outbox& out) {
  if (!peer_ || !next_hello_ || now < *next_hello_) return;
  const MutableBytes room = out.keep(std::vector<std::uint8_t>(data_message::overhead));
  auto hello = PacketBuffer::over(room, data_message::header_size, 0);  // a packet of no bytes
  seal_.seal(hello);
  out.datagrams.push_back({*peer_, hello.bytes()});
  next_hello_ = now + PlainTunnel::hello_every;
}

}  // namespace culvert::tunnel
