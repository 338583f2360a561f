// What a bad network may do, and what has to hold all the same.
#include "sim/simulation.hpp"
#include "support/catch.hpp"

using namespace culvert;
using namespace culvert::sim;
using namespace std::chrono_literals;

TEST_CASE("packets arrive even if the network loses half of the datagrams", "[sim]") {
  const auto seed = GENERATE(range(1u, 51u));
  Simulation sim{{.seed = seed, .loss_percent = 50}};
  Host& alice = sim.add("alice");
  Host& bob = sim.add("bob");
  sim.connect(alice, bob);

  sim.talk_for(180s, 1s, alice, bob);

  INFO(sim.log());
  CHECK(bob.received.size() > 50);
  CHECK(alice.received.size() > 50);
  CHECK(sim.broken_promise() == "");
}

TEST_CASE("a network that takes its time, up to two seconds each way, costs time and nothing else",
          "[sim]") {
  const auto seed = GENERATE(range(1u, 51u));
  Simulation sim{{.seed = seed, .delay = 40ms * seed}};
  Host& alice = sim.add("alice");
  Host& bob = sim.add("bob");
  sim.connect(alice, bob);
  sim.send(alice, bob);
  sim.run_for(10s);

  sim.talk_for(300s, 2s, alice, bob);
  sim.run_for(10s);

  INFO(sim.log());
  CHECK(bob.received.size() + alice.received.size() == sim.sent());
  CHECK(sim.broken_promise() == "");
}

TEST_CASE("packets that overtake each other and come twice arrive once, and all of them", "[sim]") {
  const auto seed = GENERATE(range(1u, 51u));
  Simulation sim{{.seed = seed, .jitter = 400ms, .duplicate_percent = 30}};
  Host& alice = sim.add("alice");
  Host& bob = sim.add("bob");
  sim.connect(alice, bob);
  sim.send(alice, bob);
  sim.run_for(5s);

  sim.talk_for(10s, 20ms, alice, bob);
  sim.run_for(1s);

  INFO(sim.log());
  CHECK(bob.received.size() + alice.received.size() == sim.sent());
  CHECK(sim.broken_promise() == "");
}

TEST_CASE("a damaged datagram never becomes a packet", "[sim]") {
  const auto seed = GENERATE(range(1u, 51u));
  Simulation sim{{.seed = seed, .corrupt_percent = 20}};
  Host& alice = sim.add("alice");
  Host& bob = sim.add("bob");
  sim.connect(alice, bob);
  sim.send(alice, bob);
  sim.run_for(60s);  // some handshakes are damaged as well

  sim.talk_for(20s, 50ms, alice, bob);

  INFO(sim.log());
  CHECK(bob.received.size() > 100);
  CHECK(bob.tunnel->drops()[tunnel::DropReason::bad_tag] > 0);
  CHECK(sim.broken_promise() == "");
}

TEST_CASE("two sides that begin at once both get through without waiting", "[sim]") {
  const auto seed = GENERATE(range(1u, 51u));
  Simulation sim{{.seed = seed, .jitter = 10ms}};
  Host& alice = sim.add("alice");
  Host& bob = sim.add("bob");
  sim.connect(alice, bob);
  bob.tunnel->set_endpoint(alice.key.public_key(), alice.outside);

  sim.send(alice, bob);
  sim.send(bob, alice);
  sim.run_for(1s);

  INFO(sim.log());
  CHECK(bob.received.size() == 1);
  CHECK(alice.received.size() == 1);
  CHECK(sim.broken_promise() == "");
}

TEST_CASE("two sides that begin every session at once lose at most what is on the way just then",
          "[sim]") {
  const auto seed = GENERATE(range(1u, 51u));
  Simulation sim{{.seed = seed, .jitter = 10ms}};
  Host& alice = sim.add("alice");
  Host& bob = sim.add("bob");
  sim.connect(alice, bob);
  bob.tunnel->set_endpoint(alice.key.public_key(), alice.outside);

  sim.talk_for(600s, 6s, alice, bob);  // each time two packets at the same moment
  sim.run_for(1s);

  INFO(sim.log());
  const std::size_t sessions = sim.initiations_of(alice);
  CHECK(sessions >= 5);
  CHECK(sim.initiations_of(bob) == sessions);
  CHECK(alice.received.size() + bob.received.size() + 2 * sessions >= sim.sent());
  CHECK(sim.broken_promise() == "");
}
