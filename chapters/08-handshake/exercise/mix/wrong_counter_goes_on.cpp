// caught by: mix_key gives the cipher a fresh key, and its counter begins at 0
// cause: the counter goes on: a new key begins at 0
#include "crypto/kdf.hpp"
#include "noise/symmetric_state.hpp"

namespace culvert::noise {

void SymmetricState::mix_hash(Bytes data) { hash_ = crypto::hash({hash_, data}); }

void SymmetricState::mix_key(Bytes input) {
  const auto [chaining_key, key] = crypto::kdf2(chaining_key_.bytes(), input);
  chaining_key_ = chaining_key;
  key_ = key.as_session_key();
}

void SymmetricState::mix_key_and_hash(Bytes input) {
  const auto [chaining_key, trace, key] = crypto::kdf3(chaining_key_.bytes(), input);
  chaining_key_ = chaining_key;
  mix_hash(trace.bytes());
  key_ = key.as_session_key();
  counter_ = 0;
}

}  // namespace culvert::noise
