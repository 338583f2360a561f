#include "tunnel/packet_seal.hpp"

#include "support/bytes.hpp"
#include "support/catch.hpp"
#include "support/seeded_random.hpp"
#include "tunnel/data_message.hpp"

using namespace culvert;
using namespace culvert::tunnel;

namespace {

constexpr std::string_view text = "any packet";

/// Both ends, which share a key.
struct Ends {
  explicit Ends(Weakness weakness = Weakness::none)
      : client{DirectionKeys::of_client(key), 1000, weakness},
        server{DirectionKeys::of_server(key), 5000, weakness} {}

  test::SeededRandom random{1};
  crypto::PresharedKey key = crypto::PresharedKey::generate(random);
  PacketSeal client;
  PacketSeal server;
};

using Message = std::vector<std::uint8_t>;

Message sealed_by(PacketSeal& seal, std::string_view packet = text) {
  PacketBuffer buffer;
  buffer.set_size(packet.size());
  copy_bytes(as_bytes(packet), buffer.bytes());
  seal.seal(buffer);
  return {buffer.bytes().begin(), buffer.bytes().end()};
}

/// The packet, or why there is none.
std::string opened_by(PacketSeal& seal, Bytes message) {
  PacketBuffer buffer;
  buffer.set_size(message.size());
  copy_bytes(message, buffer.bytes());
  if (const auto reason = seal.open(buffer)) return std::string{to_words(*reason)};
  return {buffer.bytes().begin(), buffer.bytes().end()};
}

const std::string not_authentic{to_words(DropReason::bad_tag)};
const std::string seen_before{to_words(DropReason::replayed)};
const std::string no_message{to_words(DropReason::bad_message)};

Message with_bit(Message message, std::size_t bit) {
  message[bit / 8] ^= static_cast<std::uint8_t>(1u << bit % 8);
  return message;
}

}  // namespace

TEST_CASE("what one end sealed, the other opens, in both directions", "[tunnel][seal]") {
  Ends ends;
  CHECK(opened_by(ends.server, sealed_by(ends.client)) == text);
  CHECK(opened_by(ends.client, sealed_by(ends.server)) == text);
}

TEST_CASE("a packet of no bytes can be sealed: a hello", "[tunnel][seal]") {
  Ends ends;
  CHECK(opened_by(ends.server, sealed_by(ends.client, "")).empty());
}

TEST_CASE("a message is a header of WireGuard's, with the counter in clear, and 32 bytes longer",
          "[tunnel][seal]") {
  Ends ends;
  const auto message = sealed_by(ends.client);
  CHECK(message.size() == text.size() + 32);
  CHECK(to_hex(Bytes{message}.first(16)) ==
        "04000000"
        "00000000"
        "e803000000000000");
  CHECK(data_message::counter(sealed_by(ends.client)) == 1001);
}

TEST_CASE("nobody opens his own message: each direction has its key", "[tunnel][seal]") {
  Ends ends;
  CHECK(opened_by(ends.client, sealed_by(ends.client)) == not_authentic);
}

TEST_CASE("a message that was changed in any bit behind its type is not authentic",
          "[tunnel][seal]") {
  Ends ends;
  const auto message = sealed_by(ends.client);
  for (std::size_t bit = 8 * 8; bit < message.size() * 8; ++bit) {
    CAPTURE(bit);
    CHECK(opened_by(ends.server, with_bit(message, bit)) == not_authentic);
  }
  CHECK(opened_by(ends.server, message) == text);
}

TEST_CASE("every truncation of a message is refused", "[tunnel][seal]") {
  Ends ends;
  const auto message = sealed_by(ends.client);
  for (std::size_t length = 0; length < message.size(); ++length) {
    CAPTURE(length);
    CHECK(opened_by(ends.server, Bytes{message}.first(length)) ==
          (length < 16 ? no_message : not_authentic));
  }
}

TEST_CASE("a message counts once", "[tunnel][seal]") {
  Ends ends;
  const auto first = sealed_by(ends.client), second = sealed_by(ends.client);
  CHECK(opened_by(ends.server, second) == text);
  CHECK(opened_by(ends.server, first) == text);  // overtaken on the way
  CHECK(opened_by(ends.server, second) == seen_before);
  CHECK(opened_by(ends.server, first) == seen_before);
}

TEST_CASE("a forged counter does not push true packets out of the window", "[tunnel][seal]") {
  Ends ends;
  const auto message = sealed_by(ends.client);
  auto forged = message;
  store_le64(MutableBytes{forged}.subspan<8, 8>(), std::uint64_t{1} << 40);
  CHECK(opened_by(ends.server, forged) == not_authentic);
  CHECK(opened_by(ends.server, message) == text);
}

TEST_CASE("without a tag a bit that is turned over is turned over in the packet",
          "[tunnel][seal]") {
  Ends ends{Weakness::no_tag};
  const auto message = sealed_by(ends.client);
  CHECK(message.size() == text.size() + 16);
  CHECK(opened_by(ends.server, with_bit(message, 16 * 8 + 5)) == "Any packet");
}

TEST_CASE("with one nonce for all, two packets tell of each other", "[tunnel][seal]") {
  Ends ends{Weakness::nonce_reuse};
  const auto one = sealed_by(ends.client, "aaaaaaaa"), two = sealed_by(ends.client, "abcdefgh");
  for (std::size_t i = 0; i < 8; ++i) CHECK((one[16 + i] ^ two[16 + i]) == ('a' ^ ("abcdefgh"[i])));
  CHECK(opened_by(ends.server, one) == "aaaaaaaa");
}

TEST_CASE("with a nonce of its own, no packet tells of another", "[tunnel][seal]") {
  Ends ends;
  const auto one = sealed_by(ends.client, "aaaaaaaa"), two = sealed_by(ends.client, "aaaaaaaa");
  CHECK_FALSE(std::equal(one.begin() + 16, one.begin() + 24, two.begin() + 16));
}

TEST_CASE("without a window a message counts as often as it comes", "[tunnel][seal]") {
  Ends ends{Weakness::no_replay_window};
  const auto message = sealed_by(ends.client);
  CHECK(opened_by(ends.server, message) == text);
  CHECK(opened_by(ends.server, message) == text);
}
