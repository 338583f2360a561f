#include "crypto/kdf.hpp"

#include <cassert>

#include "crypto/hash.hpp"

namespace culvert::crypto {
namespace {

constexpr std::size_t block_size = 64;  // BLAKE2s takes its input in blocks of this

/// The key, in a block of its own, with `pattern` over it.
class Pad {
 public:
  Pad(Bytes key, std::uint8_t pattern) {
    assert(key.size() <= block_size);
    bytes_.fill(pattern);
    for (std::size_t i = 0; i < key.size(); ++i) bytes_[i] ^= key[i];
  }
  Pad(const Pad&) = delete;
  Pad& operator=(const Pad&) = delete;
  ~Pad() { wipe(bytes_); }
  operator Bytes() const { return bytes_; }

 private:
  std::array<std::uint8_t, block_size> bytes_;
};

/// The first output of HKDF-Expand, or with `previous` one of the next: each says which one it is.
KeyMaterial expand(const KeyMaterial& secret, Bytes previous, std::uint8_t number) {
  return hmac(secret.bytes(), previous, {&number, 1});
}

}  // namespace

KeyMaterial hmac(Bytes key, Bytes message, Bytes more) {
  Hash inner = hash({Pad{key, 0x36}, message, more});
  Hash outer = hash({Pad{key, 0x5c}, inner});
  const auto result = KeyMaterial::from_bytes(outer);
  wipe(inner);
  wipe(outer);
  return result;
}

KeyMaterial kdf1(Bytes key, Bytes input) { return expand(hmac(key, input), {}, 1); }

std::array<KeyMaterial, 2> kdf2(Bytes key, Bytes input) {
  const KeyMaterial secret = hmac(key, input);
  const KeyMaterial first = expand(secret, {}, 1);
  return {first, expand(secret, first.bytes(), 2)};
}

std::array<KeyMaterial, 3> kdf3(Bytes key, Bytes input) {
  const KeyMaterial secret = hmac(key, input);
  const KeyMaterial first = expand(secret, {}, 1);
  const KeyMaterial second = expand(secret, first.bytes(), 2);
  return {first, second, expand(secret, second.bytes(), 3)};
}

}  // namespace culvert::crypto
