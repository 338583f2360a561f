// WireGuard's handshake, Noise_IKpsk2_25519_ChaChaPoly_BLAKE2s: two messages, then both sides have the same two keys and
// know whom they talk to. WireGuard's paper, section 5.4; Noise revision 34, sections 7 and 9. Here is what both sides share.
//
//     initiator  --- initiation: e, es, s, ss, timestamp --->  responder, whose s the initiator knew before
//                <-- response:   e, ee, se, psk -------------
#pragma once

#include "crypto/keys.hpp"
#include "noise/symmetric_state.hpp"

namespace culvert::noise {

/// What a handshake is for. An index is the name by which one side knows the session; the other writes it on all it sends.
struct SessionKeys {
  crypto::SessionKey send;
  crypto::SessionKey receive;
  std::uint32_t local_index;
  std::uint32_t remote_index;
  bool initiator;
};

/// Where every handshake begins: the protocol's name, and `<- s`.
SymmetricState begin_handshake(const crypto::PublicKey& responder);

/// The token e. With a preshared key in the pattern an ephemeral key also goes into the chaining key: Noise, section 9.2.
void mix_ephemeral(SymmetricState& state, const crypto::PublicKey& ephemeral);

}  // namespace culvert::noise
