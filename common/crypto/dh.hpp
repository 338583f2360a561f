// X25519, the Diffie-Hellman function of Noise's 25519: two sides that know each other's public keys get a secret that
// nobody else can compute. RFC 7748, section 6.1.
#pragma once

#include "crypto/keys.hpp"

namespace culvert::crypto {

/// Nothing if the result would be zeros, whatever our key is: such a `theirs` is no honest public key.
std::optional<SharedSecret> dh(const PrivateKey& ours, const PublicKey& theirs);

}  // namespace culvert::crypto
