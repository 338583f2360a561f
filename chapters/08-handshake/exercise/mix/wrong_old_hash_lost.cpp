// caught by: mix_hash binds new data to all that was said before
// cause: the old hash is left out: only the last data counts, and a change before it goes unseen
#include "crypto/kdf.hpp"
#include "noise/symmetric_state.hpp"

namespace culvert::noise {

void SymmetricState::mix_hash(Bytes data) { hash_ = crypto::hash({data}); }

void SymmetricState::mix_key(Bytes input) {
  const auto [chaining_key, key] = crypto::kdf2(chaining_key_.bytes(), input);
  chaining_key_ = chaining_key;
  key_ = key.as_session_key();
  counter_ = 0;
}

void SymmetricState::mix_key_and_hash(Bytes input) {
  const auto [chaining_key, trace, key] = crypto::kdf3(chaining_key_.bytes(), input);
  chaining_key_ = chaining_key;
  mix_hash(trace.bytes());
  key_ = key.as_session_key();
  counter_ = 0;
}

}  // namespace culvert::noise
