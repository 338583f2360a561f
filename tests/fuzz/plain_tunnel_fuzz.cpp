#include "fuzz/fuzz.hpp"
#include "tunnel/plain_tunnel.hpp"

void culvert::fuzz::one_input(Bytes bytes) {
  if (bytes.size() > PacketBuffer::max_packet) return;
  const Endpoint peer{Ipv4Address{192, 0, 2, 2}, 5000};
  auto tunnel = tunnel::PlainTunnel::to_peer(peer, {});
  tunnel::Outbox out;
  PacketBuffer buffer;
  buffer.set_size(bytes.size());
  copy_bytes(bytes, buffer.bytes());
  tunnel.on_tun_packet({}, buffer, out);
  for (const auto& datagram : std::vector{out.datagrams})
    tunnel.on_too_big({}, 1000, datagram.bytes, out);
  tunnel.on_datagram({}, peer, buffer, out);
  for (const auto& datagram : out.datagrams) use(datagram.bytes);
  for (const Bytes packet : out.packets) use(packet);
}
