#include "noise/symmetric_state.hpp"

#include "crypto/aead.hpp"
#include "crypto/dh.hpp"
#include "crypto/kdf.hpp"

namespace culvert::noise {
namespace {

/// A short name stands for itself, with zeros behind it.
crypto::Hash hash_of_name(std::string_view protocol_name) {
  if (protocol_name.size() > std::tuple_size_v<crypto::Hash>)
    return crypto::hash({as_bytes(protocol_name)});
  crypto::Hash hash{};
  copy_bytes(as_bytes(protocol_name), hash);
  return hash;
}

}  // namespace

SymmetricState::SymmetricState(std::string_view protocol_name, Bytes prologue)
    : hash_(hash_of_name(protocol_name)), chaining_key_(crypto::KeyMaterial::from_bytes(hash_)) {
  mix_hash(prologue);
}

bool SymmetricState::mix_dh(const crypto::PrivateKey& ours, const crypto::PublicKey& theirs) {
  const auto secret = crypto::dh(ours, theirs);
  if (secret) mix_key(secret->bytes());
  return secret.has_value();
}

void SymmetricState::encrypt_and_hash(MutableBytes message_and_tag) {
  if (key_) crypto::seal(*key_, counter_++, hash_, message_and_tag);
  mix_hash(message_and_tag);
}

bool SymmetricState::decrypt_and_hash(MutableBytes message_and_tag) {
  const crypto::Hash before = hash_;
  mix_hash(message_and_tag);  // as it was sent; open() writes over it
  return !key_ || crypto::open(*key_, counter_++, before, message_and_tag);
}

std::array<crypto::SessionKey, 2> SymmetricState::split() const {
  const auto [from_initiator, from_responder] = crypto::kdf2(chaining_key_.bytes(), {});
  return {from_initiator.as_session_key(), from_responder.as_session_key()};
}

}  // namespace culvert::noise
