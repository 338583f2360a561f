// The engine without any I/O: nanoseconds a packet, from one peer to ten thousand; and the memory of an idle peer.
#include <fmt/format.h>
#include <malloc.h>

#include <deque>
#include <string_view>

#include "bench/stopwatch.hpp"
#include "support/seeded_random.hpp"
#include "tunnel/tunnel.hpp"
#include "wire/build.hpp"

using namespace culvert;
using namespace std::chrono_literals;

namespace {

struct FixedClock final : WallClock {
  WallTime now() override { return WallTime{500'000h}; }
};

const Endpoint client_outside{Ipv4Address{192, 0, 2, 2}, 40000};
const Endpoint server_outside{Ipv4Address{198, 51, 100, 2}, 51820};
constexpr Instant now{1h};

Ipv4Address inside(std::size_t number) {
  return Ipv4Address{10u << 24 | static_cast<std::uint32_t>(number)};
}

/// A server with many peers, of which the first one calls.
struct Pair {
  explicit Pair(std::size_t peers) {
    server.set_private_key(server_key);
    client.set_private_key(client_key);
    client.set_peer({.key = server_key.public_key(),
                     .endpoint = server_outside,
                     .allowed_ips = {Prefix{Ipv4Address{}, 0}}});
    server.set_peer({.key = client_key.public_key(), .allowed_ips = {Prefix{inside(1), 32}}});
    for (std::size_t i = 2; i <= peers; ++i) add_idle(i);
  }

  void add_idle(std::size_t number) {
    std::array<std::uint8_t, 32> key{};
    random.fill(key);
    server.set_peer({.key = crypto::PublicKey::from_bytes(key),
                     .endpoint = client_outside,
                     .allowed_ips = {Prefix{inside(number), 32}}});
  }

  static void fill(PacketBuffer& buffer, std::size_t size) {
    const std::vector<std::uint8_t> payload(size - 28);
    buffer.set_size(size);
    wire::build_udp(buffer.bytes(), {inside(1), 1000}, {inside(0), 2000}, payload);
  }

  /// What one side wants to send arrives at the other, until both are silent.
  void meet() {
    PacketBuffer buffer;
    fill(buffer, 100);
    client.on_tun_packet(now, buffer, out);
    for (bool to_server = true; !out.datagrams.empty(); to_server = !to_server) {
      tunnel::Outbox arrived;
      std::swap(arrived, out);
      for (const auto& datagram : arrived.datagrams) {
        PacketBuffer copy;
        copy.set_size(datagram.bytes.size());
        copy_bytes(datagram.bytes, copy.bytes());
        if (to_server)
          server.on_datagram(now, client_outside, copy, out);
        else
          client.on_datagram(now, server_outside, copy, out);
      }
    }
    out.clear();
  }

  test::SeededRandom random{1};
  FixedClock clock;
  crypto::PrivateKey server_key = crypto::PrivateKey::generate(random);
  crypto::PrivateKey client_key = crypto::PrivateKey::generate(random);
  tunnel::Tunnel server{random, clock};
  tunnel::Tunnel client{random, clock};
  tunnel::Outbox out;
};

/// Nanoseconds to seal a packet at the client and to open it at the server.
bool measure(std::size_t peers, std::size_t size, std::size_t packets) {
  Pair pair{peers};
  pair.meet();
  std::size_t arrived = 0;
  std::vector<double> sealing;
  std::vector<double> opening;
  PacketBuffer buffer;
  for (std::size_t i = 0; i < packets; ++i) {
    Pair::fill(buffer, size);
    sealing.push_back(bench::time_ns([&] { pair.client.on_tun_packet(now, buffer, pair.out); }));
    opening.push_back(
        bench::time_ns([&] { pair.server.on_datagram(now, client_outside, buffer, pair.out); }));
    arrived += pair.out.packets.size();
    pair.out.clear();
  }
  fmt::print("{:>6} peers, packets of {:>4} bytes: seal {:>5.0f} ns, open {:>5.0f} ns\n", peers,
             size, bench::median(sealing), bench::median(opening));
  return arrived == packets;
}

bool measure_memory() {
  constexpr std::size_t peers = 10'000;
  Pair pair{1};
  const std::size_t before = ::mallinfo2().uordblks;
  for (std::size_t i = 2; i < peers + 2; ++i) pair.add_idle(i);
  const std::size_t each = (::mallinfo2().uordblks - before) / peers;
  fmt::print("{} idle peers: {} bytes each\n", peers, each);
  return each <= 4096;
}

}  // namespace

int main(int argc, char** argv) {
  const bool smoke = argc > 1 && std::string_view{argv[1]} == "--smoke";
  const std::size_t packets = smoke ? 100 : 20'000;
  bool good = true;
  for (const std::size_t size : {64u, 1420u}) good = measure(1, size, packets) && good;
  for (const std::size_t peers : {100u, 1000u, 10'000u})
    good = measure(peers, 1420, packets) && good;
  good = measure_memory() && good;
  return good ? 0 : 1;
}
