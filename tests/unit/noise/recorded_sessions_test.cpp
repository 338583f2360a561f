#include "noise/recorded_sessions.hpp"

#include "crypto/aead.hpp"
#include "noise/initiator.hpp"
#include "noise/responder.hpp"
#include "support/bytes.hpp"
#include "support/catch.hpp"
#include "support/seeded_random.hpp"

using namespace culvert;
using namespace culvert::noise;
using Verdict = RecordedSessions::Verdict;

namespace {

/// A handshake of two sides, what each would write into its key log, and a packet of the initiator.
struct Conversation {
  test::SeededRandom random{1};
  crypto::KeyPair alice = crypto::KeyPair::generate(random);
  crypto::KeyPair bob = crypto::KeyPair::generate(random);
  crypto::PresharedKey preshared = crypto::PresharedKey::generate(random);
  Opening opening = initiate(alice, bob.public_key,
                             {1, Timestamp::at(WallTime{std::chrono::seconds{1700000000}})}, random)
                        .value();
  Answer answer = respond(consume(opening.message, bob).value(), preshared, 2, random).value();
  SessionKeys keys = opening.next.consume(answer.message, alice, preshared).value();

  KeyLogRecord of_alice() const {
    return {alice.private_key, bob.public_key, opening.next.ephemeral(), preshared};
  }
  KeyLogRecord of_bob() const {
    return {bob.private_key, alice.public_key, answer.ephemeral, preshared};
  }
  std::vector<std::uint8_t> data(std::uint64_t counter) const {
    auto message = test::bytes("04 00 00 00 02 00 00 00 00 00 00 00 00 00 00 00 68 65 6c 6c 6f");
    store_le64(MutableBytes{message}.subspan<8, 8>(), counter);
    message.resize(message.size() + 16);
    crypto::seal(keys.send, counter, {}, MutableBytes{message}.subspan(16));
    return message;
  }
  void show_handshake(RecordedSessions& sessions) const {
    sessions.on_datagram(opening.message.bytes());
    sessions.on_datagram(answer.message.bytes());
  }
};

}  // namespace

TEST_CASE("the key log of either side opens what was recorded", "[noise][key_log]") {
  const Conversation conversation;
  RecordedSessions sessions;
  sessions.add({GENERATE(true, false) ? conversation.of_alice() : conversation.of_bob()});
  conversation.show_handshake(sessions);
  auto message = conversation.data(7);
  REQUIRE(sessions.open(message) == Verdict::opened);
  CHECK(to_hex(Bytes{message}.subspan(16, 5)) == "68656c6c6f");
}

TEST_CASE("keys that come after the handshake still open it", "[noise][key_log]") {
  const Conversation conversation;
  RecordedSessions sessions;
  conversation.show_handshake(sessions);
  auto message = conversation.data(0);
  CHECK(sessions.open(message) == Verdict::unknown_session);
  sessions.add({conversation.of_alice()});
  CHECK(sessions.open(message) == Verdict::opened);
}

TEST_CASE("a forged message is told from one of a session without key", "[noise][key_log]") {
  const Conversation conversation;
  RecordedSessions sessions;
  sessions.add({conversation.of_bob()});
  conversation.show_handshake(sessions);
  auto forged = conversation.data(7);
  forged.back() ^= 1;
  const auto before = forged;
  CHECK(sessions.open(forged) == Verdict::forged);
  CHECK(forged == before);  // what cannot be opened stays as it was
  auto other = conversation.data(7);
  other[4] = 99;
  CHECK(sessions.open(other) == Verdict::unknown_session);
}

TEST_CASE("the key log of another handshake opens nothing", "[noise][key_log]") {
  const Conversation conversation;
  auto record = conversation.of_alice();
  record.local_ephemeral = conversation.alice.private_key;
  RecordedSessions sessions;
  sessions.add({record});
  conversation.show_handshake(sessions);
  auto message = conversation.data(7);
  CHECK(sessions.open(message) == Verdict::unknown_session);
}
