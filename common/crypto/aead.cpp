#include "crypto/aead.hpp"

namespace culvert::crypto {
namespace {

// [tag: aead]
using Nonce = std::array<std::uint8_t, nonce_size>;

/// Four zeros, and the counter in little-endian.
Nonce nonce_of(std::uint64_t counter) {
  Nonce nonce{};
  store_le64(MutableField<nonce_size>{nonce}.last<8>(), counter);
  return nonce;
}

}  // namespace

void seal(const SessionKey& key, std::uint64_t counter, Bytes additional,
          MutableBytes message_and_tag) {
  encrypt(key.bytes(), nonce_of(counter), additional, message_and_tag);
}

bool open(const SessionKey& key, std::uint64_t counter, Bytes additional,
          MutableBytes message_and_tag) {
  return decrypt(key.bytes(), nonce_of(counter), additional, message_and_tag);
}
// [end: aead]

}  // namespace culvert::crypto
