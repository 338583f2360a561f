// SymmetricState: what both sides of a handshake have agreed on so far. Everything that is said goes into the hash, every
// shared secret into the chaining key; at the end the session's keys come out. Noise revision 34, section 5.2.
#pragma once

#include <optional>
#include <string_view>

#include "crypto/hash.hpp"
#include "crypto/keys.hpp"

namespace culvert::noise {

class SymmetricState {
 public:
  SymmetricState(std::string_view protocol_name, Bytes prologue);

  // The learner writes these: mix_hash.cpp and mix_key.cpp.
  /// From here on both sides must have seen the same `data`.
  void mix_hash(Bytes data);
  /// From here on both sides must know the secret `input`; it makes a new key for encrypt_and_hash().
  void mix_key(Bytes input);
  /// The same for a preshared key: its traces go into the hash as well.
  void mix_key_and_hash(Bytes input);

  /// mix_key() with the secret that these two keys share; false if it is zeros (crypto/dh.hpp).
  [[nodiscard]] bool mix_dh(const crypto::PrivateKey& ours, const crypto::PublicKey& theirs);

  /// Seals in place, tag behind the message, as soon as there is a key; before that there is no tag.
  void encrypt_and_hash(MutableBytes message_and_tag);
  /// After `false` this state is of no use any more.
  [[nodiscard]] bool decrypt_and_hash(MutableBytes message_and_tag);
  bool has_key() const { return key_.has_value(); }

  /// The session's keys: from initiator to responder, and the other way.
  std::array<crypto::SessionKey, 2> split() const;

  const crypto::Hash& handshake_hash() const { return hash_; }
  const crypto::KeyMaterial& chaining_key() const { return chaining_key_; }

 private:
  crypto::Hash hash_;
  crypto::KeyMaterial chaining_key_;
  std::optional<crypto::SessionKey> key_;
  std::uint64_t counter_ = 0;
};

}  // namespace culvert::noise
