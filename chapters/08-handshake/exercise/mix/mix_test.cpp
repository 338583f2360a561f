// What mix_hash and mix_key must make of what both sides know. Expected values come from the hash and the key derivation
// themselves, which are not the learner's.
#include "crypto/aead.hpp"
#include "crypto/kdf.hpp"
#include "noise/symmetric_state.hpp"
#include "support/exercise/exercise.hpp"

using namespace culvert;
using namespace culvert::exercise;
using crypto::Hash;
using crypto::KeyMaterial;
using noise::SymmetricState;

namespace {

using Buffer = std::vector<std::uint8_t>;
constexpr std::string_view protocol = "Noise_IKpsk2_25519_ChaChaPoly_BLAKE2s";

std::string hex(Bytes bytes) { return to_hex(bytes); }
std::string hex(const KeyMaterial& key) { return to_hex(key.bytes()); }

SymmetricState fresh() { return SymmetricState{protocol, {}}; }

void hash_of_data(Attempt& attempt) {
  SymmetricState state = fresh();
  for (int i = 0; i < 3; ++i) {
    const Hash before = state.handshake_hash();
    const Buffer data = attempt.random().bytes(1 + attempt.random().below(60));
    attempt.step(fmt::format("mix_hash of {} bytes: {}", data.size(),
                             to_hex(Bytes{data}.first(std::min<std::size_t>(16, data.size())))));
    state.mix_hash(data);
    attempt.expect(
        "the hash", hex(state.handshake_hash()), hex(crypto::hash({before, data})),
        {{"the hash did not change: what both sides saw is not bound in", hex(before)},
         {"the old hash is left out: only the last data counts, and a change before it goes unseen",
          hex(crypto::hash({data}))},
         {"the order: the old hash comes first, then the data", hex(crypto::hash({data, before}))},
         {"HASH is wanted, not a keyed hash or HMAC", hex(crypto::hmac(before, data))}});
  }
}

void key_of_secret(Attempt& attempt) {
  SymmetricState state = fresh();
  for (int i = 0; i < 3; ++i) {
    const KeyMaterial before = state.chaining_key();
    const Buffer secret = attempt.random().bytes(32);
    const auto two = crypto::kdf2(before.bytes(), secret);
    const auto wrong_way = crypto::kdf2(secret, before.bytes());
    attempt.step(fmt::format("mix_key, for the {}. time", i + 1));
    state.mix_key(secret);
    attempt.expect(
        "the chaining key", hex(state.chaining_key()), hex(two[0]),
        {{"the chaining key did not change: later keys do not hang on this secret", hex(before)},
         {"the two outputs are exchanged: the first is the chaining key, the second the cipher's "
          "key",
          hex(two[1])},
         {"the chaining key is the derivation's key and the secret its input, not the other way "
          "round",
          hex(wrong_way[0])},
         {"the secret itself became the chaining key: what was known before is lost",
          hex(Bytes{secret})}});
  }
}

/// The cipher's key shows itself in what it seals.
std::string sealed_zeros(SymmetricState& state) {
  Buffer out(32);
  state.encrypt_and_hash(out);
  return hex(out);
}
std::string sealed_zeros(const KeyMaterial& key, std::uint64_t counter, const Hash& hash) {
  Buffer out(32);
  crypto::seal(key.as_session_key(), counter, hash, out);
  return hex(out);
}

void cipher_key(Attempt& attempt) {
  SymmetricState state = fresh();
  const int rounds = 2 + static_cast<int>(attempt.random().below(3));
  for (int i = 0; i < rounds; ++i) {
    const KeyMaterial before = state.chaining_key();
    const Buffer secret = attempt.random().bytes(32);
    const auto two = crypto::kdf2(before.bytes(), secret);
    attempt.step(fmt::format("mix_key, then something is sealed, for the {}. time", i + 1));
    state.mix_key(secret);
    attempt.expect("there is a key", state.has_key(), true,
                   {{"no key was made: what follows would go in clear", false}});
    const Hash hash = state.handshake_hash();
    attempt.expect("what is sealed", sealed_zeros(state), sealed_zeros(two[1], 0, hash),
                   {{"the two outputs are exchanged: the first is the chaining key, the second the "
                     "cipher's key",
                     sealed_zeros(two[0], 0, hash)},
                    {"the counter goes on: a new key begins at 0",
                     sealed_zeros(two[1], static_cast<std::uint64_t>(i), hash)}});
  }
}

void preshared(Attempt& attempt) {
  SymmetricState state = fresh();
  const KeyMaterial before = state.chaining_key();
  const Hash hash = state.handshake_hash();
  const Buffer secret = attempt.random().bytes(32);
  const auto three = crypto::kdf3(before.bytes(), secret);
  attempt.step("mix_key_and_hash with a preshared key");
  state.mix_key_and_hash(secret);
  attempt.expect(
      "the chaining key", hex(state.chaining_key()), hex(three[0]),
      {{"the chaining key did not change: later keys do not hang on this secret", hex(before)}});
  const Hash expected = crypto::hash({hash, three[1].bytes()});
  attempt.expect("the hash", hex(state.handshake_hash()), hex(expected),
                 {{"the second output belongs into the hash: both sides prove with it that they "
                   "know the preshared key",
                   hex(hash)},
                  {"the preshared key itself is hashed, and it should be the second output",
                   hex(crypto::hash({hash, secret}))},
                  {"the third output is the cipher's key, the second one goes into the hash",
                   hex(crypto::hash({hash, three[2].bytes()}))}});
  attempt.expect("what is sealed", sealed_zeros(state), sealed_zeros(three[2], 0, expected),
                 {{"the third output is the cipher's key, the second one goes into the hash",
                   sealed_zeros(three[1], 0, expected)}});
}

}  // namespace

int main(int argc, char** argv) {
  return run_exercise({"08",
                       "mix",
                       {{"mix_hash binds new data to all that was said before",
                         "Noise, revision 34, section 5.2 (MixHash)", hash_of_data},
                        {"mix_key makes the chaining key hang on every secret",
                         "Noise, revision 34, section 5.2 (MixKey)", key_of_secret},
                        {"mix_key gives the cipher a fresh key, and its counter begins at 0",
                         "Noise, revision 34, sections 5.1 and 5.2", cipher_key},
                        {"mix_key_and_hash mixes a preshared key into key and hash",
                         "Noise, revision 34, section 9 (MixKeyAndHash)", preshared}}},
                      argc, argv);
}
