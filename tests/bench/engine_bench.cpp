// The engine without any I/O: what a packet and a handshake cost a server, from one peer to ten thousand that all speak in
// turn; and the memory of a peer that is silent.
// tests/bench/draw makes a curve of what this prints.
#include <fmt/format.h>
#include <malloc.h>

#include <algorithm>
#include <deque>
#include <limits>
#include <string_view>
#include <utility>

#include "base/packet_pool.hpp"
#include "bench/stopwatch.hpp"
#include "crypto/dh.hpp"
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

/// The part of a handshake that is the same for every program: a responder multiplies four times with a peer's point, and once
/// with the base point. Nanoseconds.
double time_x25519(Random& random, const crypto::PublicKey& theirs) {
  const auto ours = crypto::PrivateKey::generate(random);
  return bench::cpu_time_ns([&] {
    for (int i = 0; i < 4; ++i) (void)crypto::dh(ours, theirs);
    (void)ours.public_key();
  });
}

/// A server, number 0 inside, and its clients from number 1 on.
class Crowd {
 public:
  Crowd() {
    server.set_private_key(server_key_);
    server.set_handshake_limit(std::numeric_limits<unsigned>::max());
  }

  /// Adds clients until there are so many, which then shake hands. False if that fails.
  bool grow_to(std::size_t size) {
    const std::size_t before = clients.size();
    while (clients.size() < size) add_client();
    bool all_met = true;
    for (std::size_t i = before; i < size; ++i) all_met = meet(clients[i], i + 1) && all_met;
    return all_met;
  }
  void add_silent(std::size_t number) {
    std::array<std::uint8_t, 32> key{};
    random_.fill(key);
    server.set_peer({.key = crypto::PublicKey::from_bytes(key),
                     .endpoint = client_outside,
                     .allowed_ips = {Prefix{inside(number), 32}}});
  }

  static void fill(MutableBytes packet, std::size_t from, std::size_t to) {
    static const std::vector<std::uint8_t> payload(1500);
    wire::build_udp(packet, {inside(from), 1000}, {inside(to), 2000},
                    Bytes{payload}.first(packet.size() - 28));
  }

  tunnel::Tunnel server{random_, clock_};
  std::deque<tunnel::Tunnel> clients;
  std::vector<double> answering;    // the server's nanoseconds for each handshake
  std::vector<double> multiplying;  // time_x25519() right after each

 private:
  void add_client() {
    const auto key = crypto::PrivateKey::generate(random_);
    tunnel::Tunnel& client = clients.emplace_back(random_, clock_);
    server.set_peer({.key = key.public_key(), .allowed_ips = {Prefix{inside(clients.size()), 32}}});
    client.set_private_key(key);
    client.set_peer({.key = server_key_.public_key(),
                     .endpoint = server_outside,
                     .allowed_ips = {Prefix{Ipv4Address{}, 0}}});
  }

  /// The server gets an initiation and the first packet, the client gets the response.
  bool meet(tunnel::Tunnel& client, std::size_t number) {
    buffer_.set_size(100);
    fill(buffer_.bytes(), number, 0);
    client.on_tun_packet(now, buffer_, to_server_);
    double time = answer();
    if (to_client_.datagrams.size() != 1) return false;
    deliver(to_client_);
    client.on_datagram(now, server_outside, buffer_, to_server_);
    time += answer();
    answering.push_back(time);
    multiplying.push_back(time_x25519(random_, server_key_.public_key()));
    return std::exchange(to_client_.packets, {}).size() == 1;
  }
  double answer() {
    deliver(to_server_);
    return bench::cpu_time_ns(
        [&] { server.on_datagram(now, client_outside, buffer_, to_client_); });
  }
  void deliver(tunnel::Outbox& out) {
    const Bytes datagram = out.datagrams.at(0).bytes;
    buffer_.set_size(datagram.size());
    copy_bytes(datagram, buffer_.bytes());
    out.clear();
  }

  test::SeededRandom random_{1};
  FixedClock clock_;
  crypto::PrivateKey server_key_ = crypto::PrivateKey::generate(random_);
  PacketBuffer buffer_;
  tunnel::Outbox to_server_;
  tunnel::Outbox to_client_;
};

struct Costs {
  double seal;
  double open;
  bool all_arrived;
};

/// What reaches the server from all clients in turn, `row` packets of each before the next, and what it has to send to others. All
/// is made beforehand: the clients are on other machines, and must not take the server's cache.
struct Traffic {
  Traffic(Crowd& crowd, std::size_t row, std::size_t size, std::size_t packets)
      : pool(2 * packets * PacketPool::room_for(size)) {
    tunnel::Outbox out;
    for (std::size_t i = 0; i < packets; ++i) {
      const std::size_t from =
          1 + i / row * 7919 % crowd.clients.size();  // a prime: nothing foresees it
      const std::size_t to = 1 + (i / row + packets) * 5003 % crowd.clients.size();
      PacketBuffer sealed = pool.take(size);
      PacketBuffer plain = pool.take(size);
      Crowd::fill(sealed.bytes(), from, 0);
      Crowd::fill(plain.bytes(), 0, to);
      crowd.clients[from - 1].on_tun_packet(now, sealed, out);
      out.clear();
      inbound.push_back(sealed.bytes());
      outbound.push_back(plain.bytes());
    }
  }
  PacketPool pool;
  std::vector<Bytes> inbound;
  std::vector<Bytes> outbound;
};

/// A batch in the memory that a loop reads to, which the kernel has just written.
class Batch {
 public:
  static constexpr std::size_t size = tunnel::Engine::max_expected;

  explicit Batch(std::size_t row) : row_(row) {}

  void read(std::span<const Bytes> packets) {
    pool_.clear();
    buffers_.clear();
    heads_.clear();
    for (const Bytes packet : packets) {
      buffers_.push_back(pool_.take(packet.size()));
      copy_bytes(packet, buffers_.back().bytes());
      if ((buffers_.size() - 1) % row_ == 0) heads_.push_back(buffers_.back().bytes());
    }
  }
  std::span<PacketBuffer> buffers() { return buffers_; }
  std::span<const Bytes> heads() const { return heads_; }

 private:
  std::size_t row_;
  PacketPool pool_{size * PacketPool::room_for(1500)};
  std::vector<PacketBuffer> buffers_;
  std::vector<Bytes> heads_;
};

/// As the loop hands them over, in batches. With rows of one no peer's data lie in the nearest cache when its turn comes; a busy
/// network hands over rows, trains of datagrams.
Costs measure_packets(Crowd& crowd, std::size_t row, std::size_t size, std::size_t packets) {
  std::vector<double> sealing;
  std::vector<double> opening;
  tunnel::Outbox out;
  bool all_arrived = true;
  Traffic traffic{crowd, row, size, packets};
  Batch inbound{row};
  Batch outbound{row};
  for (std::size_t i = 0; i < packets; i += Batch::size) {
    const std::size_t count = std::min(Batch::size, packets - i);
    inbound.read(std::span{traffic.inbound}.subspan(i, count));
    opening.push_back(bench::time_ns([&] {
                        crowd.server.expect_datagrams(inbound.heads());
                        for (PacketBuffer& buffer : inbound.buffers())
                          crowd.server.on_datagram(now, client_outside, buffer, out);
                      }) /
                      static_cast<double>(count));
    outbound.read(std::span{traffic.outbound}.subspan(i, count));
    sealing.push_back(bench::time_ns([&] {
                        crowd.server.expect_tun_packets(outbound.heads());
                        for (PacketBuffer& buffer : outbound.buffers())
                          crowd.server.on_tun_packet(now, buffer, out);
                      }) /
                      static_cast<double>(count));
    all_arrived = all_arrived && out.packets.size() == count && out.datagrams.size() == count;
    out.clear();
  }
  return {bench::median(sealing), bench::median(opening), all_arrived};
}

/// What packets cost in crowds of 1, 10, ... and `most` clients. Each has its turn in every round.
class Comparison {
 public:
  explicit Comparison(std::size_t most) {
    for (std::size_t size = 1; size <= most; size *= 10)
      all_met_ &= crowds_.emplace_back().grow_to(size);
    for (const std::size_t row : {1u, 32u})
      for (const std::size_t size : {64u, 1420u})
        for (Crowd& crowd : crowds_) cases_.push_back({crowd, row, size, {}, {}});
  }
  bool run_round(std::size_t packets) {
    bool all_arrived = all_met_;
    for (Case& each : cases_) {
      const Costs costs = measure_packets(each.crowd, each.row, each.size, packets);
      each.sealing.push_back(costs.seal);
      each.opening.push_back(costs.open);
      all_arrived = costs.all_arrived && all_arrived;
    }
    return all_arrived;
  }
  void print() const {
    double seal_of_one = 0;
    double open_of_one = 0;
    for (const Case& each : cases_) {
      const double seal = bench::median(each.sealing);
      const double open = bench::median(each.opening);
      const std::size_t peers = each.crowd.clients.size();
      if (peers == 1) seal_of_one = seal, open_of_one = open;
      fmt::print(
          "{:>5} peers, {:>2} packets in a row of {:>4} bytes: seal {:>5.0f} ns, open {:>5.0f} ns; "
          "{:.2f} x and {:.2f} x one peer's\n",
          peers, each.row, each.size, seal, open, seal / seal_of_one, open / open_of_one);
    }
  }
  Crowd& largest() { return crowds_.back(); }

 private:
  struct Case {
    Crowd& crowd;
    std::size_t row;
    std::size_t size;
    std::vector<double> sealing;
    std::vector<double> opening;
  };
  std::deque<Crowd> crowds_;
  std::vector<Case> cases_;
  bool all_met_ = true;
};

void print_handshakes(const Crowd& crowd) {
  const double all = bench::median(crowd.answering);
  const double x25519 = bench::median(crowd.multiplying);
  fmt::print(
      "handshake: {:.0f} us of the responder, {:.0f} a second and core; X25519 is {:.0f} % of it\n",
      all / 1000, 1e9 / all, x25519 / all * 100);
}

std::size_t memory_in_use() {
  const auto info = ::mallinfo2();
  return info.uordblks + info.hblkhd;
}

bool measure_memory(Crowd& crowd) {
  constexpr std::size_t peers = 10'000;
  const std::size_t before = memory_in_use();
  const std::size_t first = crowd.clients.size() + 1;
  for (std::size_t i = first; i < first + peers; ++i) crowd.add_silent(i);
  const std::size_t each = (memory_in_use() - before) / peers;
  fmt::print("{} silent peers: {} bytes each, {} MiB\n", peers, each, each * peers >> 20);
  return each * peers <= 64u << 20;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string_view option = argc > 1 ? argv[1] : "";
  const bool smoke = option == "--smoke";
  const int rounds = smoke ? 1 : 9;
  Comparison comparison{smoke ? 10u : 10'000u};
  bool good = true;
  for (int i = 0; i < rounds; ++i) good = comparison.run_round(smoke ? 100 : 20'000) && good;
  comparison.print();
  print_handshakes(comparison.largest());
  good = measure_memory(comparison.largest()) && good;
  return good ? 0 : 1;
}
