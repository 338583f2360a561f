// ChaCha20-Poly1305 as a library has it, for any nonce: in place, the tag behind the message. Packets are sealed through
// aead.hpp, which knows how a nonce is made; cookies directly. RFC 8439, section 2.8; draft-irtf-cfrg-xchacha-03, section 2.
#pragma once

#include <string_view>

#include "base/bytes.hpp"

namespace culvert::crypto {

constexpr std::size_t tag_size = 16;
constexpr std::size_t nonce_size = 12;
constexpr std::size_t long_nonce_size = 24;  // XChaCha20: long enough to be drawn at random

/// Whose code it is: the build chooses, CULVERT_CIPHER. (The long nonce is libsodium's always: it seals no packets.)
std::string_view cipher_library();

void encrypt(Field<32> key, Field<nonce_size> nonce, Bytes additional,
             MutableBytes message_and_tag);
void encrypt(Field<32> key, Field<long_nonce_size> nonce, Bytes additional,
             MutableBytes message_and_tag);

/// False if the tag does not fit or is not there; then nothing is decrypted, and the message becomes zeros.
bool decrypt(Field<32> key, Field<nonce_size> nonce, Bytes additional,
             MutableBytes message_and_tag);
bool decrypt(Field<32> key, Field<long_nonce_size> nonce, Bytes additional,
             MutableBytes message_and_tag);

}  // namespace culvert::crypto
