#include "noise/handshake.hpp"

#include "noise/initiator.hpp"
#include "noise/responder.hpp"
#include "support/bytes.hpp"
#include "support/catch.hpp"
#include "support/seeded_random.hpp"

using namespace culvert;
using namespace culvert::noise;
using crypto::KeyPair;
using crypto::PresharedKey;

namespace {

constexpr std::uint32_t alice_index = 0xa11ce, bob_index = 0xb0b;

/// Alice, who begins, and Bob, whom she knows.
struct Pair {
  test::SeededRandom random{1};
  KeyPair alice = KeyPair::generate(random);
  KeyPair bob = KeyPair::generate(random);
  PresharedKey preshared = PresharedKey::generate(random);
  Timestamp now = Timestamp::at(WallTime{std::chrono::seconds{1700000000}});

  Opening initiation() {
    return initiate(alice, bob.public_key, {alice_index, now}, random).value();
  }
  Answer answer_to(const Initiation& message) {
    return respond(consume(message, bob).value(), preshared, bob_index, random).value();
  }
};

/// `message` with one bit turned over.
template <class Message>
Message with_bit(Message message, std::size_t bit) {
  message.bytes()[bit / 8] ^= static_cast<std::uint8_t>(1u << bit % 8);
  return message;
}

}  // namespace

TEST_CASE("two sides get the same keys, each the other way round", "[noise][handshake]") {
  Pair pair;
  const auto opening = pair.initiation();
  const auto answer = pair.answer_to(opening.message);
  const auto keys = opening.next.consume(answer.message, pair.alice, pair.preshared);
  REQUIRE(keys);
  CHECK(keys->send == answer.keys.receive);
  CHECK(keys->receive == answer.keys.send);
  CHECK_FALSE(keys->send == keys->receive);
  CHECK(keys->local_index == alice_index);
  CHECK(keys->remote_index == bob_index);
  CHECK(answer.keys.local_index == bob_index);
  CHECK(answer.keys.remote_index == alice_index);
  CHECK(keys->initiator);
  CHECK_FALSE(answer.keys.initiator);
}

TEST_CASE("an initiation tells the responder who asks, and when", "[noise][handshake]") {
  Pair pair;
  const auto incoming = consume(pair.initiation().message, pair.bob);
  REQUIRE(incoming);
  CHECK(incoming->remote_static == pair.alice.public_key);
  CHECK(incoming->timestamp == pair.now);
  CHECK(incoming->remote_index == alice_index);
}

TEST_CASE("an initiation does not show who asks", "[noise][handshake]") {
  Pair pair;
  const std::string message = to_hex(pair.initiation().message.bytes());
  CHECK(message.find(to_hex(pair.alice.public_key.bytes())) == std::string::npos);
  CHECK(message.find(to_hex(pair.bob.public_key.bytes())) == std::string::npos);
}

TEST_CASE("two handshakes of the same two sides have nothing in common", "[noise][handshake]") {
  Pair pair;
  const auto first = pair.initiation(), second = pair.initiation();
  CHECK(to_hex(first.message[Initiation::ephemeral]) !=
        to_hex(second.message[Initiation::ephemeral]));
  CHECK_FALSE(pair.answer_to(first.message).keys.send == pair.answer_to(second.message).keys.send);
}

TEST_CASE("an initiation that was changed in any bit of its secrets is refused",
          "[noise][handshake]") {
  Pair pair;
  const auto message = pair.initiation().message;
  for (std::size_t bit = 8 * 8; bit < 116 * 8; bit += 3) {  // ephemeral, static, timestamp
    CAPTURE(bit);
    CHECK_FALSE(consume(with_bit(message, bit), pair.bob));
  }
  // X25519 does not look at the highest bit of a public key; the hash does.
  CHECK_FALSE(consume(with_bit(message, 39 * 8 + 7), pair.bob));
}

TEST_CASE("an initiation to somebody else is refused", "[noise][handshake]") {
  Pair pair;
  CHECK_FALSE(consume(pair.initiation().message, KeyPair::generate(pair.random)));
}

TEST_CASE("a forged response changes nothing: the genuine one is still welcome",
          "[noise][handshake]") {
  Pair pair;
  const auto opening = pair.initiation();
  const auto answer = pair.answer_to(opening.message);
  for (std::size_t bit = 8 * 8; bit < 60 * 8; bit += 5) {  // receiver, ephemeral, nothing
    CAPTURE(bit);
    CHECK_FALSE(opening.next.consume(with_bit(answer.message, bit), pair.alice, pair.preshared));
  }
  CHECK(opening.next.consume(answer.message, pair.alice, pair.preshared));
}

TEST_CASE("sides with different preshared keys do not agree", "[noise][handshake]") {
  Pair pair;
  const auto opening = pair.initiation();
  const auto answer = pair.answer_to(opening.message);
  CHECK_FALSE(opening.next.consume(answer.message, pair.alice, PresharedKey::none()));
}

TEST_CASE("a response to another initiation is refused", "[noise][handshake]") {
  Pair pair;
  const auto first = pair.initiation(), second = pair.initiation();
  const auto answer = pair.answer_to(first.message);
  CHECK_FALSE(second.next.consume(answer.message, pair.alice, pair.preshared));
}

TEST_CASE("nobody begins a handshake with a public key of small order", "[noise][handshake]") {
  Pair pair;
  const auto zero = crypto::PublicKey::from_bytes(std::array<std::uint8_t, 32>{});
  CHECK_FALSE(initiate(pair.alice, zero, {alice_index, pair.now}, pair.random));
}

TEST_CASE("an ephemeral key of small order is refused", "[noise][handshake]") {
  Pair pair;
  auto opening = pair.initiation();
  auto answer = pair.answer_to(opening.message);
  for (auto& byte : opening.message[Initiation::ephemeral]) byte = 0;
  for (auto& byte : answer.message[Response::ephemeral]) byte = 0;
  CHECK_FALSE(consume(opening.message, pair.bob));
  CHECK_FALSE(opening.next.consume(answer.message, pair.alice, pair.preshared));
}
