#include "noise/handshake.hpp"

namespace culvert::noise {

SymmetricState begin_handshake(const crypto::PublicKey& responder) {
  SymmetricState state{"Noise_IKpsk2_25519_ChaChaPoly_BLAKE2s",
                       as_bytes("WireGuard v1 zx2c4 Jason@zx2c4.com")};
  state.mix_hash(responder.bytes());
  return state;
}

void mix_ephemeral(SymmetricState& state, const crypto::PublicKey& ephemeral) {
  state.mix_hash(ephemeral.bytes());
  state.mix_key(ephemeral.bytes());
}

}  // namespace culvert::noise
