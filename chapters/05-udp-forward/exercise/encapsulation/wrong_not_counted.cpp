// caught by: what is no message of ours changes nothing and is counted
// cause: the drop is not counted
#include "tunnel/plain_tunnel.hpp"
#include "wire/tunnel_message.hpp"

namespace culvert::tunnel {
namespace {

using namespace wire;

bool is_ip(Bytes packet) {
  if (packet.empty()) return false;
  const unsigned version = packet[0] >> 4;
  return version == 4 || version == 6;
}

}  // namespace

void PlainTunnel::on_tun_packet(Instant, PacketBuffer& packet, Outbox& out) {
  if (!is_ip(packet.bytes())) return drops_.add(DropReason::not_ip);
  if (!peer_) return drops_.add(DropReason::no_peer_yet);

  outbound_.add(packet.size());
  write_tunnel_header(packet.prepend(tunnel_header_size).first<tunnel_header_size>());
  out.datagrams.push_back({*peer_, packet.bytes()});
}

void PlainTunnel::on_datagram(Instant, const Arrival& arrival, PacketBuffer& datagram,
                              Outbox& out) {
  if (peer_is_given_ && arrival.from != peer_) return drops_.add(DropReason::not_the_peer);
  const auto message = TunnelMessageView::parse(datagram.bytes());
  if (!message) return;
  if (!message->is_hello() && !is_ip(message->packet())) return drops_.add(DropReason::not_ip);

  peer_ = arrival.from;
  if (message->is_hello()) return;
  datagram.drop_front(tunnel_header_size);
  inbound_.add(datagram.size());
  out.packets.push_back(datagram.bytes());
}

}  // namespace culvert::tunnel
