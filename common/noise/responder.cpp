#include "noise/responder.hpp"

namespace culvert::noise {

using crypto::PublicKey;

// [tag: consume_initiation]
std::optional<Incoming> consume(const Initiation& initiation, const crypto::KeyPair& local) {
  const auto theirs = PublicKey::from_bytes(initiation[Initiation::ephemeral]);
  Initiation opened = initiation;
  const auto static_and_tag = opened[Initiation::encrypted_static];
  const auto timestamp_and_tag = opened[Initiation::encrypted_timestamp];

  SymmetricState state = begin_handshake(local.public_key);
  mix_ephemeral(state, theirs);                                       // e
  if (!state.mix_dh(local.private_key, theirs)) return std::nullopt;  // es
  if (!state.decrypt_and_hash(static_and_tag)) return std::nullopt;   // s
  const auto remote = PublicKey::from_bytes(static_and_tag.first<PublicKey::size>());
  if (!state.mix_dh(local.private_key, remote)) return std::nullopt;    // ss
  if (!state.decrypt_and_hash(timestamp_and_tag)) return std::nullopt;  // timestamp

  return Incoming{remote, Timestamp::from_bytes(timestamp_and_tag.first<Timestamp::size>()), theirs,
                  load_le32(initiation[Initiation::sender]), std::move(state)};
}
// [end: consume_initiation]

// [tag: respond]
std::optional<Answer> respond(Incoming&& incoming, const crypto::PresharedKey& preshared,
                              std::uint32_t local_index, Random& random) {
  const auto ephemeral = crypto::KeyPair::generate(random);
  Response message;
  store_le32(message[Response::sender], local_index);
  store_le32(message[Response::receiver], incoming.remote_index);
  copy_bytes(ephemeral.public_key.bytes(), message[Response::ephemeral]);

  SymmetricState state = std::move(incoming.state);
  mix_ephemeral(state, ephemeral.public_key);                                                // e
  if (!state.mix_dh(ephemeral.private_key, incoming.remote_ephemeral)) return std::nullopt;  // ee
  if (!state.mix_dh(ephemeral.private_key, incoming.remote_static)) return std::nullopt;     // se
  state.mix_key_and_hash(preshared.bytes());                                                 // psk
  state.encrypt_and_hash(message[Response::encrypted_nothing]);

  const auto [receive, send] = state.split();
  return Answer{
      message, {send, receive, local_index, incoming.remote_index, false}, ephemeral.private_key};
}
// [end: respond]

}  // namespace culvert::noise
