#include "fuzz/fuzz.hpp"
#include "support/seeded_random.hpp"
#include "tunnel/sealed_tunnel.hpp"

void culvert::fuzz::one_input(Bytes bytes) {
  if (bytes.size() > PacketBuffer::max_packet) return;
  test::SeededRandom random{1};
  const auto key = crypto::PresharedKey::generate(random);
  auto server = tunnel::SealedTunnel::listening({tunnel::DirectionKeys::of_server(key), 1});
  tunnel::Outbox out;
  PacketBuffer buffer;
  buffer.set_size(bytes.size());
  copy_bytes(bytes, buffer.bytes());
  server.on_datagram({}, Endpoint{Ipv4Address{192, 0, 2, 2}, 5000}, buffer, out);
  expect(out.packets.empty() && !server.peer(), "who has no key is nobody");
}
