#include "crypto/keys.hpp"

#include <sodium.h>

#include <cassert>

namespace culvert::crypto {
namespace {

constexpr int standard_base64 = sodium_base64_VARIANT_ORIGINAL;  // RFC 4648, section 4
using KeyBytes = std::array<std::uint8_t, 32>;

std::string to_base64_text(Field<32> key) {
  std::string text(sodium_base64_ENCODED_LEN(key.size(), standard_base64), '\0');
  sodium_bin2base64(text.data(), text.size(), key.data(), key.size(), standard_base64);
  text.pop_back();  // the terminating zero
  return text;
}

/// The key that `text` spells, all of it.
template <class Key>
std::optional<Key> key_from_base64(std::string_view text) {
  KeyBytes bytes{};
  std::size_t length = 0;
  const char* end = nullptr;
  const int failed = sodium_base642bin(bytes.data(), bytes.size(), text.data(), text.size(),
                                       nullptr, &length, &end, standard_base64);
  std::optional<Key> key;
  if (failed == 0 && length == bytes.size() && end == text.data() + text.size())
    key = Key::from_bytes(bytes);
  wipe(bytes);
  return key;
}

KeyBytes random_bytes(Random& random) {
  KeyBytes bytes{};
  random.fill(bytes);
  return bytes;
}

}  // namespace

std::optional<PublicKey> PublicKey::from_base64(std::string_view text) {
  return key_from_base64<PublicKey>(text);
}
std::optional<PrivateKey> PrivateKey::from_base64(std::string_view text) {
  return key_from_base64<PrivateKey>(text);
}
std::optional<PresharedKey> PresharedKey::from_base64(std::string_view text) {
  return key_from_base64<PresharedKey>(text);
}

std::string PublicKey::to_base64() const { return to_base64_text(bytes_); }
std::string PrivateKey::to_base64() const { return to_base64_text(bytes()); }
std::string PresharedKey::to_base64() const { return to_base64_text(bytes()); }

PrivateKey PrivateKey::generate(Random& random) {
  KeyBytes bytes = random_bytes(random);
  // RFC 7748, section 5: a multiple of 8, with bit 254 as the highest one. X25519 would see to it anyway; done here, a key
  // looks the same in every program.
  bytes[0] &= 0xf8;
  bytes[31] = static_cast<std::uint8_t>((bytes[31] & 0x7fu) | 0x40u);
  const PrivateKey key{bytes};
  wipe(bytes);
  return key;
}

PublicKey PrivateKey::public_key() const {
  KeyBytes point{};
  [[maybe_unused]] const int failed = crypto_scalarmult_base(point.data(), bytes().data());
  assert(failed == 0);
  return PublicKey::from_bytes(point);
}

PresharedKey PresharedKey::none() { return from_bytes(KeyBytes{}); }

PresharedKey PresharedKey::generate(Random& random) {
  KeyBytes bytes = random_bytes(random);
  const PresharedKey key{bytes};
  wipe(bytes);
  return key;
}

}  // namespace culvert::crypto
