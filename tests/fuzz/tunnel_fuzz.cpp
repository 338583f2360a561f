// A stranger's script against a tunnel, step by step: rubbish, damaged copies of a genuine initiation, and packets from the TUN
// device, while time passes. At its end the peer whose initiation was copied gets through all the same.
#include <algorithm>
#include <array>

#include "fuzz/fuzz.hpp"
#include "support/seeded_random.hpp"
#include "tunnel/tunnel.hpp"

namespace {

using namespace culvert;

struct MorningClock final : WallClock {
  WallTime now() override { return WallTime{std::chrono::hours{500'000}}; }
};

const Endpoint stranger{Ipv4Address{203, 0, 113, 66}, 5000};
const Endpoint friendly{Ipv4Address{192, 0, 2, 2}, 40000};
const Prefix inside{Ipv4Address{10, 0, 0, 0}, 8};
constexpr std::size_t before_mac2 = 132;  // which nobody reads who is not under load

/// A server, and what its only peer has just sent to it.
struct Scene {
  Scene() {
    client.set_private_key(client_key);
    client.set_peer(
        {.key = server_key.public_key(), .endpoint = stranger, .allowed_ips = {inside}});
    client.set_persistent_keepalive(server_key.public_key(), std::chrono::seconds{25});
    server.set_private_key(server_key);
    server.set_peer({.key = client_key.public_key(), .allowed_ips = {inside}});
    client.on_deadline({}, asked);
  }

  test::SeededRandom random{1};
  MorningClock clock;
  crypto::PrivateKey client_key = crypto::PrivateKey::generate(random);
  crypto::PrivateKey server_key = crypto::PrivateKey::generate(random);
  tunnel::Tunnel client{random, clock};
  tunnel::Tunnel server{random, clock};
  tunnel::Outbox asked;
};

void copy_into(PacketBuffer& buffer, Bytes bytes) {
  buffer.set_size(bytes.size());
  copy_bytes(bytes, buffer.bytes());
}

/// A copy in which the script has changed some bytes.
void damage(MutableBytes message, Bytes script) {
  for (; script.size() >= 2; script = script.subspan(2))
    message[script[0] % message.size()] ^= script[1];
}

}  // namespace

void culvert::fuzz::one_input(Bytes bytes) {
  Scene scene;
  const Bytes genuine = scene.asked.datagrams.front().bytes;
  tunnel::Outbox out;
  PacketBuffer buffer;
  Instant now{};
  while (bytes.size() > 2) {
    const std::uint8_t kind = bytes[0];
    const Bytes script = bytes.subspan(2).first(std::min<std::size_t>(bytes[1], bytes.size() - 2));
    bytes = bytes.subspan(2 + script.size());
    now += std::chrono::milliseconds{kind * 100};
    const bool is_copy = kind % 3 == 1;
    copy_into(buffer, is_copy ? genuine : script);
    if (is_copy) damage(buffer.bytes(), script);
    if (is_copy &&
        std::ranges::equal(buffer.bytes().first(before_mac2), genuine.first(before_mac2)))
      continue;
    const std::array coming{Bytes{buffer.bytes()}, genuine, script};
    scene.server.expect_datagrams(coming);
    scene.server.expect_tun_packets(coming);
    if (kind % 3 == 2) scene.server.on_tun_packet(now, buffer, out);
    if (kind % 3 != 2) scene.server.on_datagram(now, stranger, buffer, out);
    scene.server.on_deadline(now, out);
    expect(out.packets.empty(), "a stranger's datagram never becomes a packet");
    expect(out.datagrams.empty(), "a stranger is never answered");
  }
  copy_into(buffer, genuine);
  scene.server.on_datagram(now, friendly, buffer, out);
  expect(out.datagrams.size() == 1 && out.datagrams.front().to == friendly, "a peer is answered");
}
