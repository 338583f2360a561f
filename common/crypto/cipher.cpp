#include "crypto/cipher.hpp"

#include <sodium.h>

#include <cassert>

namespace culvert::crypto {
namespace {

struct Parts {
  MutableBytes message;
  MutableBytes tag;
};

Parts parts(MutableBytes message_and_tag) {
  assert(message_and_tag.size() >= tag_size);
  return {message_and_tag.first(message_and_tag.size() - tag_size), message_and_tag.last(tag_size)};
}

}  // namespace

void encrypt(Field<32> key, Field<nonce_size> nonce, Bytes additional,
             MutableBytes message_and_tag) {
  const auto [message, tag] = parts(message_and_tag);
  crypto_aead_chacha20poly1305_ietf_encrypt_detached(
      message.data(), tag.data(), nullptr, message.data(), message.size(), additional.data(),
      additional.size(), nullptr, nonce.data(), key.data());
}

void encrypt(Field<32> key, Field<long_nonce_size> nonce, Bytes additional,
             MutableBytes message_and_tag) {
  const auto [message, tag] = parts(message_and_tag);
  crypto_aead_xchacha20poly1305_ietf_encrypt_detached(
      message.data(), tag.data(), nullptr, message.data(), message.size(), additional.data(),
      additional.size(), nullptr, nonce.data(), key.data());
}

bool decrypt(Field<32> key, Field<nonce_size> nonce, Bytes additional,
             MutableBytes message_and_tag) {
  if (message_and_tag.size() < tag_size) return false;
  const auto [message, tag] = parts(message_and_tag);
  return crypto_aead_chacha20poly1305_ietf_decrypt_detached(
             message.data(), nullptr, message.data(), message.size(), tag.data(), additional.data(),
             additional.size(), nonce.data(), key.data()) == 0;
}

bool decrypt(Field<32> key, Field<long_nonce_size> nonce, Bytes additional,
             MutableBytes message_and_tag) {
  if (message_and_tag.size() < tag_size) return false;
  const auto [message, tag] = parts(message_and_tag);
  return crypto_aead_xchacha20poly1305_ietf_decrypt_detached(
             message.data(), nullptr, message.data(), message.size(), tag.data(), additional.data(),
             additional.size(), nonce.data(), key.data()) == 0;
}

}  // namespace culvert::crypto
