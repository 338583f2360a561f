// What a session must do with the packets it seals and opens. Attacks are part of the test: each of them has worked
// against somebody's VPN.
#include "crypto/aead.hpp"
#include "support/exercise/exercise.hpp"
#include "tunnel/data_message.hpp"
#include "tunnel/session.hpp"

using namespace culvert;
using namespace culvert::exercise;
using namespace culvert::tunnel;
using namespace std::chrono_literals;

namespace {

using Buffer = std::vector<std::uint8_t>;
constexpr Instant born{1000s};

crypto::SessionKey key(test::SeededRandom& random) {
  std::array<std::uint8_t, 32> bytes;
  random.fill(bytes);
  return crypto::SessionKey::from_bytes(bytes);
}

/// Both ends of one session, and the keys themselves.
struct Pair {
  explicit Pair(test::SeededRandom& random)
      : there(key(random)),
        back(key(random)),
        index_here(random.number<std::uint32_t>()),
        index_there(~index_here) {}

  crypto::SessionKey there;
  crypto::SessionKey back;
  std::uint32_t index_here;
  std::uint32_t index_there;
  Session here{{there, back, index_here, index_there, true}, born};
  Session peer{{back, there, index_there, index_here, false}, born};
};

Buffer room_for(const Buffer& packet) {
  Buffer out(packet.size() + data_message::overhead);
  copy_bytes(packet, MutableBytes{out}.subspan(data_message::header_size, packet.size()));
  return out;
}

/// How one may seal it wrong.
struct Habit {
  bool nonce_is_zero = false;
  bool header_is_additional = false;
  bool other_key = false;
  bool own_index = false;
};

Buffer sealed(const Pair& pair, const Buffer& packet, std::uint64_t counter,
              const Habit& habit = {}) {
  Buffer out = room_for(packet);
  const MutableBytes all{out};
  data_message::write_header(all.first<16>(), habit.own_index ? pair.index_here : pair.index_there,
                             counter);
  const Bytes additional = habit.header_is_additional ? Bytes{all.first(16)} : Bytes{};
  crypto::seal(habit.other_key ? pair.back : pair.there, habit.nonce_is_zero ? 0 : counter,
               additional, all.subspan(16));
  return out;
}

void seals(Attempt& attempt) {
  Pair pair{attempt.random()};
  for (std::uint64_t counter = 0; counter < 4; ++counter) {
    const Buffer packet = attempt.random().bytes(16 * (1 + attempt.random().below(4)));
    Buffer message = room_for(packet);
    attempt.step(
        fmt::format("message {} of the session: a packet of {} bytes", counter + 1, packet.size()));
    pair.here.seal(message);
    attempt.expect_packet(
        "the message differs",
        {Kind::wireguard, room_for(packet), sealed(pair, packet, counter), message},
        {{"the message was not sealed: it still is as it was given", room_for(packet)},
         {"a counter is used again: two messages under one key and counter give away both",
          counter > 0 ? sealed(pair, packet, 0) : Buffer{}},
         {"counters begin at 0", sealed(pair, packet, counter + 1)},
         {"the counter in the header is not the one it was sealed with",
          sealed(pair, packet, counter, {.nonce_is_zero = true})},
         {"the header is no additional data in this protocol",
          sealed(pair, packet, counter, {.header_is_additional = true})},
         {"sealed with the key for receiving: each direction has its own",
          sealed(pair, packet, counter, {.other_key = true})},
         {"the index in the header is ours, and the receiver looks for its own",
          sealed(pair, packet, counter, {.own_index = true})}});
  }
}

std::string answer(const std::optional<DropReason>& drop) {
  return drop ? "refused: " + std::string{to_words(*drop)} : "opened";
}

void expect_answer(Attempt& attempt, std::string_view what, Session& session, Buffer message,
                   const std::string& expected, const Causes<std::string>& known,
                   Instant now = born + 1s) {
  attempt.step(what);
  attempt.expect("the answer", answer(session.open(now, message)), expected, known);
}

void opens(Attempt& attempt) {
  Pair pair{attempt.random()};
  const Buffer packet = attempt.random().bytes(48);
  Buffer message = sealed(pair, packet, attempt.random().below(100));
  attempt.step("a message that was sealed by the peer");
  attempt.expect("the answer", answer(pair.peer.open(born + 1s, message)), "opened",
                 {{"a genuine message is refused: is it opened with the key for receiving, and "
                   "with the counter of its header?",
                   "refused: " + std::string{to_words(DropReason::bad_tag)}}});
  const Buffer opened(message.begin() + 16, message.end() - 16);
  attempt.expect("the packet is readable", opened == packet, true,
                 {{"the packet is not decrypted in place", false}});
}

void refuses_changes(Attempt& attempt) {
  Pair pair{attempt.random()};
  Buffer message = sealed(pair, attempt.random().bytes(48), 7);
  const std::size_t at = 8 + attempt.random().below(static_cast<std::uint32_t>(message.size() - 8));
  message[at] = static_cast<std::uint8_t>(message[at] ^ 1u << attempt.random().below(8));
  expect_answer(attempt, fmt::format("one bit of byte {} is turned over on the way", at), pair.peer,
                message, "refused: " + std::string{to_words(DropReason::bad_tag)},
                {{"the tag is not looked at: anybody may change the packet", "opened"}});
}

void refuses_replays(Attempt& attempt) {
  Pair pair{attempt.random()};
  const Buffer message = sealed(pair, attempt.random().bytes(32), attempt.random().below(1000));
  expect_answer(attempt, "a genuine message", pair.peer, message, "opened", {});
  expect_answer(attempt, "the same again: somebody has recorded it", pair.peer, message,
                "refused: " + std::string{to_words(DropReason::replayed)},
                {{"a recorded message passes: the replay window is not asked", "opened"}});
}

void forgeries_move_nothing(Attempt& attempt) {
  Pair pair{attempt.random()};
  Buffer forged =
      sealed(pair, attempt.random().bytes(32), 1'000'000 + attempt.random().below(1000));
  forged.back() = static_cast<std::uint8_t>(forged.back() ^ 1u);
  expect_answer(attempt, "a forged message with a counter far ahead", pair.peer, forged,
                "refused: " + std::string{to_words(DropReason::bad_tag)}, {});
  expect_answer(attempt, "then a genuine one with a small counter", pair.peer,
                sealed(pair, attempt.random().bytes(32), 3), "opened",
                {{"the window is moved before the tag has proved the message genuine: one forgery "
                  "locks the peer out",
                  "refused: " + std::string{to_words(DropReason::replayed)}}});
}

void ends(Attempt& attempt) {
  Pair pair{attempt.random()};
  const auto age = reject_after_time + std::chrono::seconds{attempt.random().below(100)};
  expect_answer(
      attempt, fmt::format("a genuine message, {} seconds after the handshake", age.count()),
      pair.peer, sealed(pair, attempt.random().bytes(32), 5),
      "refused: " + std::string{to_words(DropReason::expired_session)},
      {{"a dead session still opens messages: after three minutes its keys are worth nothing",
        "opened"}},
      born + age);
}

}  // namespace

int main(int argc, char** argv) {
  return run_exercise(
      {"07",
       "seal-open",
       {{"each message is sealed with the next counter, which its header tells",
         "WireGuard's paper, section 5.4.6", seals},
        {"what the peer sealed is opened", "WireGuard's paper, section 5.4.6", opens},
        {"one bit changed on the way, and the message is refused", "RFC 8439, section 2.8",
         refuses_changes},
        {"a recorded message does not pass again", "RFC 6479; WireGuard's paper, section 5.4.6",
         refuses_replays},
        {"a forged counter does not move the window",
         "RFC 6479, section 2 (after the integrity check)", forgeries_move_nothing},
        {"a session ends after three minutes", "WireGuard's paper, section 6.1 (reject-after-time)",
         ends}}},
      argc, argv);
}
