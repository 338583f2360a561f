#include "noise/recorded_sessions.hpp"

#include "crypto/aead.hpp"
#include "noise/initiator.hpp"
#include "noise/responder.hpp"

namespace culvert::noise {
namespace {

constexpr std::size_t data_header = 16;
constexpr std::uint32_t data_type = 4;

template <class Remembered>
void remember(std::deque<Remembered>& all, const Remembered& one, std::size_t most) {
  all.push_back(one);
  if (all.size() > most) all.pop_front();
}

bool same(Field<32> a, Field<32> b) { return std::equal(a.begin(), a.end(), b.begin()); }

/// The key log is the initiator's: go its way again, with its ephemeral key instead of a random one.
std::optional<SessionKeys> as_initiator(const Initiation& initiation, const Response& response,
                                        const KeyLogRecord& record) {
  const crypto::KeyPair ephemeral{record.local_ephemeral};
  if (!same(initiation[Initiation::ephemeral], ephemeral.public_key.bytes())) return std::nullopt;
  Initiation opened = initiation;
  SymmetricState state = begin_handshake(record.remote_static);
  mix_ephemeral(state, ephemeral.public_key);
  if (!state.mix_dh(ephemeral.private_key, record.remote_static)) return std::nullopt;
  if (!state.decrypt_and_hash(opened[Initiation::encrypted_static])) return std::nullopt;
  if (!state.mix_dh(record.local_static, record.remote_static)) return std::nullopt;
  if (!state.decrypt_and_hash(opened[Initiation::encrypted_timestamp])) return std::nullopt;
  const AwaitingResponse waiting{std::move(state), ephemeral,
                                 load_le32(initiation[Initiation::sender])};
  return waiting.consume(response, crypto::KeyPair{record.local_static}, record.preshared);
}

/// The key log is the responder's.
std::optional<SessionKeys> as_responder(const Initiation& initiation, const Response& response,
                                        const KeyLogRecord& record) {
  const crypto::KeyPair ephemeral{record.local_ephemeral};
  if (!same(response[Response::ephemeral], ephemeral.public_key.bytes())) return std::nullopt;
  auto incoming = consume(initiation, crypto::KeyPair{record.local_static});
  if (!incoming) return std::nullopt;
  Response opened = response;
  SymmetricState state = std::move(incoming->state);
  mix_ephemeral(state, ephemeral.public_key);
  if (!state.mix_dh(ephemeral.private_key, incoming->remote_ephemeral)) return std::nullopt;
  if (!state.mix_dh(ephemeral.private_key, incoming->remote_static)) return std::nullopt;
  state.mix_key_and_hash(record.preshared.bytes());
  if (!state.decrypt_and_hash(opened[Response::encrypted_nothing])) return std::nullopt;
  const auto [receive, send] = state.split();
  return SessionKeys{send, receive, load_le32(response[Response::sender]), incoming->remote_index,
                     false};
}

}  // namespace

void RecordedSessions::add(std::vector<KeyLogRecord> records) {
  for (KeyLogRecord& record : records) {
    for (const Handshake& handshake : handshakes_) derive(handshake, record);
    records_.push_back(std::move(record));
  }
}

void RecordedSessions::on_datagram(Bytes datagram) {
  if (const auto initiation = parse<Initiation>(datagram)) {
    remember(initiations_, *initiation, most_remembered);
    return;
  }
  const auto response = parse<Response>(datagram);
  if (!response) return;
  for (const Initiation& initiation : initiations_) {
    if (load_le32(initiation[Initiation::sender]) != load_le32((*response)[Response::receiver]))
      continue;
    const Handshake handshake{initiation, *response};
    remember(handshakes_, handshake, most_remembered);
    for (const KeyLogRecord& record : records_) derive(handshake, record);
  }
}

void RecordedSessions::derive(const Handshake& handshake, const KeyLogRecord& record) {
  auto keys = as_initiator(handshake.initiation, handshake.response, record);
  if (!keys) keys = as_responder(handshake.initiation, handshake.response, record);
  if (!keys) return;
  sessions_.push_back({keys->remote_index, keys->send});
  sessions_.push_back({keys->local_index, keys->receive});
}

RecordedSessions::Verdict RecordedSessions::open(MutableBytes message) const {
  if (message.size() < data_header + 16 || load_le32(message.first<4>()) != data_type)
    return Verdict::unknown_session;
  const std::uint32_t receiver = load_le32(message.subspan<4, 4>());
  const std::uint64_t counter = load_le64(message.subspan<8, 8>());
  bool known = false;
  for (auto session = sessions_.rbegin(); session != sessions_.rend(); ++session) {
    if (session->receiver != receiver) continue;
    known = true;
    // A wrong key turns what it tries into zeros: work on a copy.
    std::vector<std::uint8_t> attempt{message.begin() + data_header, message.end()};
    if (!crypto::open(session->key, counter, {}, attempt)) continue;
    std::fill(attempt.end() - 16, attempt.end(), std::uint8_t{0});
    copy_bytes(attempt, message.subspan(data_header));
    return Verdict::opened;
  }
  return known ? Verdict::forged : Verdict::unknown_session;
}

}  // namespace culvert::noise
