// A script for a tunnel with one peer: each step has a kind, a length and bytes, and lets some time pass.
#include "fuzz/fuzz.hpp"
#include "support/seeded_random.hpp"
#include "tunnel/tunnel.hpp"

namespace {

using namespace culvert;

struct MorningClock final : WallClock {
  WallTime now() override { return WallTime{std::chrono::hours{500'000}}; }
};

const Endpoint stranger{Ipv4Address{203, 0, 113, 66}, 5000};
const Prefix inside{Ipv4Address{10, 0, 0, 0}, 8};

}  // namespace

void culvert::fuzz::one_input(Bytes bytes) {
  test::SeededRandom random{1};
  MorningClock clock;
  tunnel::Tunnel tunnel{random, clock};
  tunnel.set_private_key(crypto::PrivateKey::generate(random));
  tunnel.set_peer({.key = crypto::PrivateKey::generate(random).public_key(),
                   .endpoint = stranger,
                   .allowed_ips = {inside}});
  tunnel::Outbox out;
  PacketBuffer buffer;
  Instant now{};
  while (bytes.size() > 2) {
    const std::uint8_t kind = bytes[0];
    const Bytes packet = bytes.subspan(2).first(std::min<std::size_t>(bytes[1], bytes.size() - 2));
    bytes = bytes.subspan(2 + packet.size());
    now += std::chrono::milliseconds{kind * 100};
    buffer.set_size(packet.size());
    copy_bytes(packet, buffer.bytes());
    if (kind % 2 == 0) tunnel.on_datagram(now, stranger, buffer, out);
    expect(out.packets.empty(), "a stranger's datagram never becomes a packet");
    expect(kind % 2 == 1 || out.datagrams.empty(), "a stranger is never answered");
    if (kind % 2 == 1) tunnel.on_tun_packet(now, buffer, out);
    tunnel.on_deadline(now, out);
    for (const auto& datagram : out.datagrams) use(datagram.bytes);
    out.clear();
  }
}
