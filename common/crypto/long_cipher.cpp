#include <sodium.h>

#include <cassert>

#include "crypto/cipher.hpp"

namespace culvert::crypto {

void encrypt(Field<32> key, Field<long_nonce_size> nonce, Bytes additional,
             MutableBytes message_and_tag) {
  assert(message_and_tag.size() >= tag_size);
  const MutableBytes message = message_and_tag.first(message_and_tag.size() - tag_size);
  const MutableBytes tag = message_and_tag.last(tag_size);
  crypto_aead_xchacha20poly1305_ietf_encrypt_detached(
      message.data(), tag.data(), nullptr, message.data(), message.size(), additional.data(),
      additional.size(), nullptr, nonce.data(), key.data());
}

bool decrypt(Field<32> key, Field<long_nonce_size> nonce, Bytes additional,
             MutableBytes message_and_tag) {
  if (message_and_tag.size() < tag_size) return false;
  const MutableBytes message = message_and_tag.first(message_and_tag.size() - tag_size);
  const MutableBytes tag = message_and_tag.last(tag_size);
  return crypto_aead_xchacha20poly1305_ietf_decrypt_detached(
             message.data(), nullptr, message.data(), message.size(), tag.data(), additional.data(),
             additional.size(), nonce.data(), key.data()) == 0;
}

}  // namespace culvert::crypto
