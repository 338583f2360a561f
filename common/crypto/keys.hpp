// The keys of a tunnel, each a type of its own. All have 32 bytes; people write them in base64, 44 characters.
// WireGuard's paper, section 5.4, says which is used where.
#pragma once

#include <compare>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/random.hpp"
#include "crypto/secret.hpp"

namespace culvert::crypto {

/// A host's name in WireGuard: anybody may know it.
class PublicKey {
 public:
  static constexpr std::size_t size = 32;
  static PublicKey from_bytes(Field<size> bytes) { return PublicKey{bytes}; }
  static std::optional<PublicKey> from_base64(std::string_view text);

  Field<size> bytes() const { return bytes_; }
  std::string to_base64() const;
  auto operator<=>(const PublicKey&) const = default;

 private:
  explicit PublicKey(Field<size> bytes) { std::copy(bytes.begin(), bytes.end(), bytes_.begin()); }
  std::array<std::uint8_t, size> bytes_;
};

/// The number that only its owner knows; static (a host's identity) or ephemeral (for one handshake).
class PrivateKey final : public Secret<PrivateKey> {
 public:
  static PrivateKey generate(Random& random);
  static std::optional<PrivateKey> from_base64(std::string_view text);

  PublicKey public_key() const;
  std::string to_base64() const;

 private:
  friend Secret;
  using Secret::Secret;
};

/// Both halves: a host's identity, or what it draws for one handshake.
struct KeyPair {
  explicit KeyPair(const PrivateKey& key) : private_key(key), public_key(key.public_key()) {}
  static KeyPair generate(Random& random) { return KeyPair{PrivateKey::generate(random)}; }

  PrivateKey private_key;
  PublicKey public_key;
};

/// A secret that both sides were told beforehand. WireGuard takes zeros for "there is none".
class PresharedKey final : public Secret<PresharedKey> {
 public:
  static PresharedKey none();
  static PresharedKey generate(Random& random);
  static std::optional<PresharedKey> from_base64(std::string_view text);

  std::string to_base64() const;

 private:
  friend Secret;
  using Secret::Secret;
};

/// Encrypts the packets of one session in one direction.
class SessionKey final : public Secret<SessionKey> {
  friend Secret;
  using Secret::Secret;
};

/// What a Diffie-Hellman exchange gives to both sides and to nobody else.
class SharedSecret final : public Secret<SharedSecret> {
  friend Secret;
  using Secret::Secret;
};

/// What a key derivation gives: to be a chaining key, or bytes of another key.
class KeyMaterial final : public Secret<KeyMaterial> {
 public:
  SessionKey as_session_key() const { return SessionKey::from_bytes(bytes()); }

 private:
  friend Secret;
  using Secret::Secret;
};

}  // namespace culvert::crypto

template <>
struct std::hash<culvert::crypto::PublicKey> {
  std::size_t operator()(const culvert::crypto::PublicKey& key) const noexcept {
    return culvert::load_le64(key.bytes().first<8>());
  }
};
