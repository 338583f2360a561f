#include "noise/symmetric_state.hpp"

#include "crypto/cipher.hpp"
#include "crypto/kdf.hpp"
#include "support/bytes.hpp"
#include "support/catch.hpp"

using namespace culvert;
using namespace culvert::noise;
using test::bytes;

namespace {

SymmetricState begun() { return {"Noise_NN_25519_ChaChaPoly_BLAKE2s", as_bytes("prologue")}; }

std::vector<std::uint8_t> sealed_by(SymmetricState& state, std::string_view text) {
  std::vector<std::uint8_t> buffer(text.size() + (state.has_key() ? crypto::tag_size : 0));
  copy_bytes(as_bytes(text), buffer);
  state.encrypt_and_hash(buffer);
  return buffer;
}

}  // namespace

TEST_CASE("a name of at most 32 characters stands for itself, a longer one for its hash",
          "[noise][symmetric]") {
  constexpr std::string_view name = "Noise_N_25519_ChaChaPoly_BLAKE2s";
  CHECK(to_hex(SymmetricState{name, {}}.chaining_key().bytes()) == to_hex(as_bytes(name)));
  const std::string longer = std::string{name} + "!";
  CHECK(to_hex(SymmetricState{longer, {}}.chaining_key().bytes()) ==
        to_hex(crypto::hash({as_bytes(longer)})));
}

TEST_CASE("mix_hash hashes what was there with what is new", "[noise][symmetric]") {
  auto state = begun();
  const crypto::Hash before = state.handshake_hash();
  const auto chaining_key = state.chaining_key();
  state.mix_hash(as_bytes("hello"));
  CHECK(state.handshake_hash() == crypto::hash({before, as_bytes("hello")}));
  CHECK(state.chaining_key() == chaining_key);
}

TEST_CASE("mix_key makes a new chaining key and leaves the hash", "[noise][symmetric]") {
  auto state = begun();
  const auto expected = crypto::kdf2(state.chaining_key().bytes(), as_bytes("secret"));
  const crypto::Hash hash = state.handshake_hash();
  state.mix_key(as_bytes("secret"));
  CHECK(state.chaining_key() == expected[0]);
  CHECK(state.handshake_hash() == hash);
  CHECK(state.has_key());
}

TEST_CASE("mix_key_and_hash leaves traces in the hash as well", "[noise][symmetric]") {
  auto state = begun();
  const auto expected = crypto::kdf3(state.chaining_key().bytes(), as_bytes("psk"));
  const crypto::Hash before = state.handshake_hash();
  state.mix_key_and_hash(as_bytes("psk"));
  CHECK(state.chaining_key() == expected[0]);
  CHECK(state.handshake_hash() == crypto::hash({before, expected[1].bytes()}));
}

TEST_CASE("without a key nothing is encrypted, and everything is hashed", "[noise][symmetric]") {
  auto state = begun();
  const crypto::Hash before = state.handshake_hash();
  CHECK(to_hex(sealed_by(state, "hello")) == to_hex(as_bytes("hello")));
  CHECK(state.handshake_hash() == crypto::hash({before, as_bytes("hello")}));
}

TEST_CASE("two sides that mixed the same open each other's messages", "[noise][symmetric]") {
  auto alice = begun(), bob = begun();
  alice.mix_key(as_bytes("secret"));
  bob.mix_key(as_bytes("secret"));
  for (const auto text : {"one", "two"}) {  // the second one with the next counter
    auto message = sealed_by(alice, text);
    REQUIRE(bob.decrypt_and_hash(message));
    CHECK(std::string(message.begin(), message.begin() + 3) == text);
  }
  CHECK(alice.handshake_hash() == bob.handshake_hash());
  CHECK(alice.split() == bob.split());
}

TEST_CASE("every new key begins to count from zero", "[noise][symmetric]") {
  auto alice = begun(), bob = begun();
  alice.mix_key(as_bytes("secret"));
  auto first = sealed_by(alice, "one");
  bob.mix_key(as_bytes("secret"));
  bob.mix_hash(first);
  alice.mix_key(as_bytes("another"));
  bob.mix_key(as_bytes("another"));
  auto message = sealed_by(alice, "two");
  CHECK(bob.decrypt_and_hash(message));
}

TEST_CASE("a side that heard or knows something else opens nothing", "[noise][symmetric]") {
  auto alice = begun(), heard_else = begun(), knows_else = begun();
  alice.mix_key(as_bytes("secret"));
  heard_else.mix_hash(as_bytes("rumour"));
  heard_else.mix_key(as_bytes("secret"));
  knows_else.mix_key(as_bytes("another"));
  const auto message = sealed_by(alice, "one");
  auto copy = message;
  CHECK_FALSE(heard_else.decrypt_and_hash(copy));
  copy = message;
  CHECK_FALSE(knows_else.decrypt_and_hash(copy));
}

TEST_CASE("a key for each direction comes out, and they differ", "[noise][symmetric]") {
  const auto [there, back] = begun().split();
  CHECK_FALSE(there == back);
}

TEST_CASE("mix_dh refuses a public key that leads to zeros", "[noise][symmetric]") {
  auto state = begun();
  const std::array<std::uint8_t, 32> zeros{};
  const auto ours = crypto::PrivateKey::from_bytes(crypto::hash({as_bytes("any")}));
  CHECK_FALSE(state.mix_dh(ours, crypto::PublicKey::from_bytes(zeros)));
  CHECK(state.mix_dh(ours, ours.public_key()));
}
