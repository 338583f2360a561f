#include "noise/symmetric_state.hpp"

namespace culvert::noise {

// [tag: mix_hash]
void SymmetricState::mix_hash(Bytes data) { hash_ = crypto::hash({hash_, data}); }
// [end: mix_hash]

}  // namespace culvert::noise
