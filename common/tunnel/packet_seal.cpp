#include "tunnel/packet_seal.hpp"

#include "crypto/aead.hpp"
#include "crypto/kdf.hpp"
#include "tunnel/data_message.hpp"

namespace culvert::tunnel {
namespace {

using crypto::tag_size;
using data_message::header_size;

bool has_header(Bytes message) {
  return message.size() >= header_size && load_le32(message.first<4>()) == data_message::type;
}

std::array<crypto::KeyMaterial, 2> both_directions(const crypto::PresharedKey& key) {
  return crypto::kdf2(key.bytes(), as_bytes("culvert chapter 07"));
}

}  // namespace

DirectionKeys DirectionKeys::of_client(const crypto::PresharedKey& key) {
  const auto [to_server, to_client] = both_directions(key);
  return {to_server.as_session_key(), to_client.as_session_key()};
}

DirectionKeys DirectionKeys::of_server(const crypto::PresharedKey& key) {
  const auto [to_server, to_client] = both_directions(key);
  return {to_client.as_session_key(), to_server.as_session_key()};
}

// [tag: seal]
void PacketSeal::seal(PacketBuffer& packet) {
  const std::uint64_t counter = next_counter_++;
  packet.append(tag_size);
  crypto::seal(keys_.send, nonce_for(counter), {}, packet.bytes());
  if (weakness_ == Weakness::no_tag) packet.drop_back(tag_size);
  data_message::write_header(packet.prepend(header_size).first<header_size>(), 0, counter);
}

std::optional<DropReason> PacketSeal::open(PacketBuffer& message) {
  if (!has_header(message.bytes())) return DropReason::bad_message;
  const std::uint64_t counter = data_message::counter(message.bytes());
  message.drop_front(header_size);

  if (!decrypt(counter, message)) return DropReason::bad_tag;
  // Only now: a forged counter must not move the window.
  if (weakness_ == Weakness::no_replay_window) return std::nullopt;
  if (!window_.accept(counter)) return DropReason::replayed;
  return std::nullopt;
}
// [end: seal]

// [tag: weak]
std::uint64_t PacketSeal::nonce_for(std::uint64_t counter) const {
  return weakness_ == Weakness::nonce_reuse ? 0 : counter;
}

bool PacketSeal::decrypt(std::uint64_t counter, PacketBuffer& sealed) const {
  if (weakness_ == Weakness::no_tag) {
    // ChaCha20 without a tag is a stream that is laid over the packet: laid over it again, it is gone.
    sealed.append(tag_size);
    crypto::seal(keys_.receive, counter, {}, sealed.bytes());
    sealed.drop_back(tag_size);
    return true;
  }
  if (!crypto::open(keys_.receive, nonce_for(counter), {}, sealed.bytes())) return false;
  sealed.drop_back(tag_size);
  return true;
}
// [end: weak]

}  // namespace culvert::tunnel
