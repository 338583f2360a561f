// KDF: makes one, two or three independent keys out of a chaining key and new secret input. HKDF (RFC 5869) over
// HMAC-BLAKE2s; WireGuard's paper, section 5.4: KDF_n. Outputs are Secrets, so nothing has to be wiped by hand.
#pragma once

#include "crypto/keys.hpp"

namespace culvert::crypto {

/// HMAC (RFC 2104) with BLAKE2s, of both parts one after the other; a key of at most 64 bytes (asserted).
KeyMaterial hmac(Bytes key, Bytes message, Bytes more = {});

KeyMaterial kdf1(Bytes key, Bytes input);
std::array<KeyMaterial, 2> kdf2(Bytes key, Bytes input);
std::array<KeyMaterial, 3> kdf3(Bytes key, Bytes input);

}  // namespace culvert::crypto
