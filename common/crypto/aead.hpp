// Sealing a packet: nobody without the key can read it, and nobody can change one bit of it, or of the additional data
// beside it, without being found out. This is Noise's ENCRYPT and DECRYPT with ChaChaPoly: Noise revision 34, section 12.3.
//
//     | message            | room for a tag 16 |      seal: in place
//     | message, encrypted | tag            16 |      open: the way back
#pragma once

#include "crypto/cipher.hpp"
#include "crypto/keys.hpp"

namespace culvert::crypto {

/// Encrypts the message and puts the tag behind it. No counter may be used twice with one key.
void seal(const SessionKey& key, std::uint64_t counter, Bytes additional,
          MutableBytes message_and_tag);

/// False if the tag does not fit, as with everything that was not sealed with the same key, counter and additional data;
/// then nothing is decrypted, and the message becomes zeros. Anything may come in, also less than a tag.
bool open(const SessionKey& key, std::uint64_t counter, Bytes additional,
          MutableBytes message_and_tag);

}  // namespace culvert::crypto
