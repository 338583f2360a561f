#include "noise/initiator.hpp"

namespace culvert::noise {

// [tag: initiate]
std::optional<Opening> initiate(const crypto::KeyPair& local, const crypto::PublicKey& remote,
                                const Request& request, Random& random) {
  auto ephemeral = crypto::KeyPair::generate(random);
  Initiation message;
  store_le32(message[Initiation::sender], request.local_index);
  copy_bytes(ephemeral.public_key.bytes(), message[Initiation::ephemeral]);
  copy_bytes(local.public_key.bytes(), message[Initiation::encrypted_static]);
  copy_bytes(request.timestamp.bytes(), message[Initiation::encrypted_timestamp]);

  SymmetricState state = begin_handshake(remote);
  mix_ephemeral(state, ephemeral.public_key);                             // e
  if (!state.mix_dh(ephemeral.private_key, remote)) return std::nullopt;  // es
  state.encrypt_and_hash(message[Initiation::encrypted_static]);          // s
  if (!state.mix_dh(local.private_key, remote)) return std::nullopt;      // ss
  state.encrypt_and_hash(message[Initiation::encrypted_timestamp]);       // timestamp
  return Opening{message, {std::move(state), std::move(ephemeral), request.local_index}};
}
// [end: initiate]

// [tag: consume_response]
std::optional<SessionKeys> AwaitingResponse::consume(const Response& response,
                                                     const crypto::KeyPair& local,
                                                     const crypto::PresharedKey& preshared) const {
  if (load_le32(response[Response::receiver]) != local_index_) return std::nullopt;
  const auto theirs = crypto::PublicKey::from_bytes(response[Response::ephemeral]);
  Response opened = response;

  SymmetricState state = state_;
  mix_ephemeral(state, theirs);                                            // e
  if (!state.mix_dh(ephemeral_.private_key, theirs)) return std::nullopt;  // ee
  if (!state.mix_dh(local.private_key, theirs)) return std::nullopt;       // se
  state.mix_key_and_hash(preshared.bytes());                               // psk
  if (!state.decrypt_and_hash(opened[Response::encrypted_nothing])) return std::nullopt;

  const auto [send, receive] = state.split();
  return SessionKeys{send, receive, local_index_, load_le32(response[Response::sender]), true};
}
// [end: consume_response]

}  // namespace culvert::noise
