// What happens to a tunnel in its life: restarts, moves, clocks that are set, hours of silence, days of traffic.
#include "sim/simulation.hpp"
#include "support/catch.hpp"
#include "support/tunnel_probe.hpp"

using namespace culvert;
using namespace culvert::sim;
using namespace std::chrono_literals;
using tunnel::DropReason;

namespace {

/// Alice knows where bob is, not the other way round.
struct Pair {
  explicit Pair(const Network& network, std::chrono::seconds keepalive = 0s) : sim(network) {
    tunnel::PeerSettings extra{alice.key.public_key()};
    extra.persistent_keepalive = keepalive;
    sim.connect(alice, bob, &extra);
  }

  /// From here on both know where the other one is.
  void begin() {
    sim.send(alice, bob);
    sim.run_for(6s);
    INFO(sim.log());
    REQUIRE(bob.received.size() == 1);
  }

  /// Both speak, and in the end all that was said has arrived.
  void talk_and_lose_nothing(Duration duration, Duration every) {
    const std::size_t received = alice.received.size() + bob.received.size();
    const std::size_t sent = sim.sent();
    sim.talk_for(duration, every, alice, bob);
    sim.run_for(1s);
    INFO(sim.log());
    CHECK(alice.received.size() + bob.received.size() - received == sim.sent() - sent);
    CHECK(sim.broken_promise() == "");
  }

  Simulation sim;
  Host& alice = sim.add("alice");
  Host& bob = sim.add("bob");
};

constexpr auto seeds = 51u;

}  // namespace

TEST_CASE("after a restart of either side traffic goes on within 16 seconds", "[sim]") {
  const auto seed = GENERATE(range(1u, seeds));
  const bool server = seed % 2 == 0;
  Pair pair{{.seed = seed, .jitter = 30ms}};
  auto& [sim, alice, bob] = pair;
  pair.begin();

  sim.run_for(std::chrono::milliseconds{seed * 37});
  sim.restart(server ? bob : alice);
  sim.talk_for(16s, 500ms, alice, bob);

  pair.talk_and_lose_nothing(5s, 500ms);
}

TEST_CASE("after a restart of either side traffic goes on, on a network that loses a fifth",
          "[sim]") {
  const auto seed = GENERATE(range(1u, seeds));
  Pair pair{{.seed = seed, .jitter = 30ms, .loss_percent = 20}};
  auto& [sim, alice, bob] = pair;
  sim.talk_for(20s, 500ms, alice, bob);

  sim.restart(seed % 2 == 0 ? bob : alice);
  sim.talk_for(100s, 500ms, alice, bob);
  sim.network.loss_percent = 0;

  pair.talk_and_lose_nothing(5s, 500ms);
}

TEST_CASE("a clock that is set back or forward while the tunnel is up ends nothing", "[sim]") {
  const auto seed = GENERATE(range(1u, seeds));
  Pair pair{{.seed = seed, .jitter = 10ms}};
  auto& [sim, alice, bob] = pair;
  pair.begin();
  for (const Duration step : {Duration{-1h}, Duration{24h}, Duration{-48h}}) {
    pair.talk_and_lose_nothing(200s, 2s);
    alice.clock.offset += step;
    bob.clock.offset -= step;
  }
  pair.talk_and_lose_nothing(200s, 2s);
  INFO(sim.log());
  CHECK(bob.tunnel->drops()[DropReason::old_initiation] == 0);
}

TEST_CASE("who restarts with a clock in the past is taken for a replay until its clock is right",
          "[sim]") {
  Pair pair{{}};
  auto& [sim, alice, bob] = pair;
  pair.begin();

  alice.clock.offset = -1h;
  sim.restart(alice);
  sim.send(alice, bob);
  sim.run_for(30s);
  INFO(sim.log());
  CHECK(bob.tunnel->drops()[DropReason::old_initiation] > 0);
  CHECK(bob.received.size() == 1);

  alice.clock.offset = 0h;
  sim.restart(alice);
  pair.bob.received.clear();
  pair.begin();
}

TEST_CASE("a session near its last counter is followed by another, and nothing is lost", "[sim]") {
  const auto seed = GENERATE(range(1u, seeds));
  Pair pair{{.seed = seed, .jitter = 10ms}};
  auto& [sim, alice, bob] = pair;
  pair.begin();
  const std::size_t before = sim.initiations_of(alice) + sim.initiations_of(bob);

  const bool client = seed % 2 == 0;
  tunnel::TunnelProbe::skip_to(client ? *alice.tunnel : *bob.tunnel,
                               (client ? bob : alice).key.public_key(),
                               tunnel::reject_after_messages - 1 - seed % 5);
  pair.talk_and_lose_nothing(10s, 100ms);
  INFO(sim.log());
  CHECK(sim.initiations_of(alice) + sim.initiations_of(bob) > before);
}

TEST_CASE("no counter at the limit is ever sent, even if there is no new session", "[sim]") {
  Pair pair{{}};
  auto& [sim, alice, bob] = pair;
  pair.begin();
  tunnel::TunnelProbe::skip_to(*alice.tunnel, bob.key.public_key(),
                               tunnel::reject_after_messages - 3);
  sim.network.loss_percent = 100;
  const std::size_t before = sim.datagrams_of(alice) - sim.initiations_of(alice);
  for (int i = 0; i < 10; ++i) sim.send(alice, bob);
  CHECK(sim.datagrams_of(alice) - sim.initiations_of(alice) == before + 3);

  sim.network.loss_percent = 0;
  const std::size_t received = bob.received.size();
  sim.run_for(6s);
  INFO(sim.log());
  CHECK(bob.received.size() == received + 7);  // those that waited
}

TEST_CASE("a peer that moves is found again by its next packet", "[sim]") {
  const auto seed = GENERATE(range(1u, seeds));
  Pair pair{{.seed = seed, .jitter = 10ms}};
  auto& [sim, alice, bob] = pair;
  pair.begin();

  const auto port = static_cast<std::uint16_t>(1024 + seed);  // a NAT forgot, or another network
  const std::uint8_t last = seed % 2 == 0 ? 1 : 101;
  sim.move(alice, {Ipv4Address{192, 0, 2, last}, port});
  sim.send(alice, bob);
  sim.run_for(1s);
  pair.talk_and_lose_nothing(10s, 1s);
  INFO(sim.log());
  CHECK(bob.tunnel->peers().front().settings.endpoint == alice.outside);
}

TEST_CASE("who is not answered asks every five seconds for 90 seconds, then is silent", "[sim]") {
  const auto seed = GENERATE(range(1u, seeds));
  Pair pair{{.seed = seed, .loss_percent = 100}};
  auto& [sim, alice, bob] = pair;
  sim.send(alice, bob);
  sim.send(alice, bob);
  sim.run_for(95s);
  INFO(sim.log());
  CHECK(sim.initiations_of(alice) >= 17);
  CHECK(sim.initiations_of(alice) <= 19);
  CHECK(alice.tunnel->drops()[DropReason::no_answer] == 2);

  const std::size_t asked = sim.datagrams_of(alice);
  sim.run_for(1h);
  CHECK(sim.datagrams_of(alice) == asked);

  sim.network.loss_percent = 0;
  pair.begin();
}

TEST_CASE("who only listens says after ten seconds that it is there, and no handshake follows",
          "[sim]") {
  Pair pair{{}};
  auto& [sim, alice, bob] = pair;
  pair.begin();
  sim.run_for(20s);

  const std::size_t before = sim.datagrams_of(bob);
  sim.send(alice, bob);
  sim.run_for(9900ms);
  CHECK(sim.datagrams_of(bob) == before);
  sim.run_for(200ms);
  CHECK(sim.datagrams_of(bob) == before + 1);
  sim.run_for(60s);
  INFO(sim.log());
  CHECK(sim.initiations_of(alice) == 1);
  CHECK(sim.datagrams_of(bob) == before + 1);  // a keepalive is not answered with another
}

TEST_CASE("a download in one direction lasts longer than any session", "[sim]") {
  const auto seed = GENERATE(range(1u, seeds));
  Pair pair{{.seed = seed, .jitter = 10ms}};
  auto& [sim, alice, bob] = pair;
  pair.begin();
  for (int i = 0; i < 600; ++i) {
    sim.send(bob, alice);
    sim.run_for(1s);
  }
  INFO(sim.log());
  CHECK(alice.received.size() + bob.received.size() == sim.sent());
  CHECK(sim.initiations_of(alice) + sim.initiations_of(bob) >= 5);
}

TEST_CASE("48 hours of traffic: a new session every two minutes, and no packet lost", "[sim]") {
  Pair pair{{.jitter = 50ms}};
  auto& [sim, alice, bob] = pair;
  pair.begin();

  pair.talk_and_lose_nothing(48h, 9s);

  INFO(sim.log());
  const std::size_t handshakes = sim.initiations_of(alice) + sim.initiations_of(bob);
  CHECK(handshakes > 48 * 3600 / 135);
  CHECK(handshakes < 48 * 3600 / 115);
  CHECK(sim.broken_promise() == "");
}

TEST_CASE("48 hours of talk and silence: sessions come and go, and no packet is lost", "[sim]") {
  const auto seed = GENERATE(range(1u, seeds));
  Pair pair{{.seed = seed, .jitter = 50ms}};
  auto& [sim, alice, bob] = pair;
  test::SeededRandom whim{seed};
  pair.begin();

  for (const Instant end = sim.now() + 48h; sim.now() < end;) {
    for (auto rounds = whim.below(30); rounds > 0; --rounds) {
      sim.send(alice, bob);
      sim.run_for(5s);
      sim.send(bob, alice);
      sim.run_for(5s);
    }
    sim.run_for(std::chrono::seconds{whim.below(2 * 3600)});
  }
  INFO(sim.log());
  CHECK(alice.received.size() + bob.received.size() == sim.sent());
  CHECK(sim.initiations_of(alice) + sim.initiations_of(bob) > 48);
  CHECK(sim.broken_promise() == "");
}

TEST_CASE("48 hours without traffic: a tunnel says nothing, and is there when it is wanted",
          "[sim]") {
  Pair pair{{}};
  auto& [sim, alice, bob] = pair;
  pair.begin();
  sim.run_for(15min);
  const std::size_t before = sim.datagrams_of(alice) + sim.datagrams_of(bob);
  CHECK_FALSE(
      tunnel::TunnelProbe::peer(*alice.tunnel, bob.key.public_key()).sessions.current.has_value());

  sim.run_for(48h);
  CHECK(sim.datagrams_of(alice) + sim.datagrams_of(bob) == before);
  pair.talk_and_lose_nothing(5s, 1s);
}

TEST_CASE("48 hours of persistent keepalives: a session is always there", "[sim]") {
  const auto seed = GENERATE(range(1u, seeds));
  Pair pair{{.seed = seed}, 25s};
  auto& [sim, alice, bob] = pair;
  sim.run_for(seed == 1 ? 48h : 1h);

  const std::size_t received = alice.received.size();
  sim.send(bob, alice);  // the side behind a NAT is reached at once
  sim.run_for(25ms);
  INFO(sim.log());
  CHECK(alice.received.size() == received + 1);
}

TEST_CASE("under load who asks has to come back with a cookie, and then gets its session",
          "[sim]") {
  const auto seed = GENERATE(range(1u, seeds));
  Pair pair{{.seed = seed, .jitter = 10ms}};
  auto& [sim, alice, bob] = pair;
  bob.tunnel->set_handshake_limit(0);
  sim.send(alice, bob);
  sim.run_for(6s);
  INFO(sim.log());
  CHECK(bob.received.size() == 1);
  CHECK(bob.tunnel->drops()[DropReason::cookie_demanded] == 1);
  CHECK(sim.initiations_of(alice) == 2);
}

TEST_CASE("two clients of one server get what is theirs", "[sim]") {
  const auto seed = GENERATE(range(1u, seeds));
  Simulation sim{{.seed = seed, .jitter = 100ms, .loss_percent = 10, .duplicate_percent = 10}};
  Host& anna = sim.add("anna");
  Host& bert = sim.add("bert");
  Host& server = sim.add("server");
  sim.connect(anna, server);
  sim.connect(bert, server);
  for (int i = 0; i < 60; ++i) {
    sim.talk_for(500ms, 500ms, anna, server);
    sim.talk_for(500ms, 500ms, bert, server);
  }
  INFO(sim.log());
  CHECK(anna.received.size() > 30);
  CHECK(bert.received.size() > 30);
  CHECK(server.received.size() > 60);
  CHECK(sim.broken_promise() == "");
}
