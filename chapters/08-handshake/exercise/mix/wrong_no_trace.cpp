// caught by: mix_key_and_hash mixes a preshared key into key and hash
// cause: the second output belongs into the hash: both sides prove with it that they know the preshared key
#include "crypto/kdf.hpp"
#include "noise/symmetric_state.hpp"

namespace culvert::noise {

void SymmetricState::mix_hash(Bytes data) { hash_ = crypto::hash({hash_, data}); }

void SymmetricState::mix_key(Bytes input) {
  const auto [chaining_key, key] = crypto::kdf2(chaining_key_.bytes(), input);
  chaining_key_ = chaining_key;
  key_ = key.as_session_key();
  counter_ = 0;
}

void SymmetricState::mix_key_and_hash(Bytes input) {
  const auto [chaining_key, trace, key] = crypto::kdf3(chaining_key_.bytes(), input);
  chaining_key_ = chaining_key;
  (void)trace;
  key_ = key.as_session_key();
  counter_ = 0;
}

}  // namespace culvert::noise
