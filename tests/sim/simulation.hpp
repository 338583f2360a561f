// Simulation: tunnels on a bad network, in virtual time, by seed. Minutes pass in microseconds, and the same seed gives the
// same run, packet for packet. Its log tells what happened; a failing test prints both.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <string>

#include "support/seeded_random.hpp"
#include "tunnel/tunnel.hpp"

namespace culvert::sim {

using Packet = std::vector<std::uint8_t>;

/// What the network does to each datagram.
struct Network {
  std::uint64_t seed = 1;
  Duration delay = std::chrono::milliseconds{20};
  Duration jitter{};  // up to so much more for each, so that they overtake each other
  unsigned loss_percent = 0;
  unsigned duplicate_percent = 0;
  unsigned corrupt_percent = 0;
};

/// A wall clock that a test can set.
class SettableClock final : public WallClock {
 public:
  explicit SettableClock(const Instant& now) : now_(now) {}
  WallTime now() override {
    return WallTime{std::chrono::hours{24 * 365 * 56}} + now_.time_since_epoch() + offset;
  }
  Duration offset{};

 private:
  const Instant& now_;
};

/// One machine with a tunnel on it.
struct Host {
  Host(std::string name, const Endpoint& address, std::uint64_t seed, const Instant& now);

  std::string name;
  Endpoint outside;
  IpAddress inside;
  test::SeededRandom random;
  SettableClock clock;
  crypto::PrivateKey key;
  std::unique_ptr<tunnel::Tunnel> tunnel;
  std::deque<Packet> received;  // what came out of its TUN device
};

class Simulation {
 public:
  explicit Simulation(const Network& start) : network(start), random_(start.seed) {}
  Simulation(const Simulation&) = delete;

  Network network;  // may be changed on the way

  /// A host at 192.0.2.N:51820 whose inner address is 10.0.0.N, N = 1, 2, ...
  Host& add(const std::string& name);
  /// Makes them peers of each other. Only `client` knows where the other one is.
  void connect(Host& client, Host& server, const tunnel::PeerSettings* extra = nullptr);
  /// All that it knew is gone but its key and its settings.
  void restart(Host& host);
  /// From now on it has another address outside.
  void move(Host& host, const Endpoint& outside);

  /// A new packet, different from all others, enters the tunnel. Says which.
  const Packet& send(Host& from, const Host& to, std::size_t size = 100);
  void run_for(Duration duration);
  /// Sends a packet each `every`, in both directions, and lets time pass.
  void talk_for(Duration duration, Duration every, Host& a, Host& b);

  Instant now() const { return now_; }
  /// Every packet that came out had gone in at a peer, unchanged, and came out once. What broke that, else empty.
  const std::string& broken_promise() const { return broken_promise_; }
  std::size_t sent() const { return packets_.size(); }
  /// Datagrams that have left `host`, lost ones included; all, or those that begin with a type of message.
  std::size_t datagrams_of(const Host& host) const;
  std::size_t initiations_of(const Host& host) const { return count(host, 1); }
  /// The last events, a line each.
  std::string log() const;

 private:
  struct Flight {
    Endpoint from;
    Endpoint to;
    Packet bytes;
    std::uint8_t traffic_class;
  };
  struct Sent {
    Packet bytes;
    const Host* to;
    unsigned arrivals = 0;
  };

  void start(Host& host);
  void step_to(Instant when);
  void flush(Host& from, tunnel::Outbox& out);
  void launch(Host& from, const tunnel::OutboundDatagram& datagram);
  void land(const Flight& flight);
  void receive(Host& host, Bytes packet);
  std::optional<Instant> next_event() const;
  std::size_t count(const Host& host, std::uint8_t type) const;
  bool happens(unsigned percent) { return random_.below(100) < percent; }
  void note(const std::string& text);

  Instant now_{};
  test::SeededRandom random_;
  std::deque<Host> hosts_;
  std::map<const Host*, std::vector<tunnel::PeerSettings>> settings_;
  std::map<std::pair<const Host*, std::uint8_t>, std::size_t> datagrams_;
  std::multimap<Instant, Flight> in_flight_;
  std::deque<Sent> packets_;
  std::deque<std::string> log_;
  std::string broken_promise_;
  PacketBuffer buffer_;
};

}  // namespace culvert::sim
