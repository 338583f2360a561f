// Runs whole Noise handshakes of many patterns through our SymmetricState: the patterns are data here, so that the few
// functions which WireGuard's one pattern uses are seen to be right for all of them. Noise revision 34, sections 5.3 and 7.
#include <algorithm>
#include <map>
#include <sstream>

#include "crypto/aead.hpp"
#include "noise/symmetric_state.hpp"
#include "vectors/vectors.hpp"

namespace {

using namespace culvert;
using namespace culvert::crypto;
using namespace culvert::test;
using noise::SymmetricState;
using rapidjson::Value;
using Buffer = std::vector<std::uint8_t>;

/// Noise's notation: what is known before, then the messages, initiator first.
const std::map<std::string, std::vector<std::string>> patterns{
    {"N", {"<- s", "e es"}},
    {"K", {"-> s, <- s", "e es ss"}},
    {"X", {"<- s", "e es s ss"}},
    {"NN", {"", "e", "e ee"}},
    {"NX", {"", "e", "e ee s es"}},
    {"NK", {"<- s", "e es", "e ee"}},
    {"NK1", {"<- s", "e", "e ee es"}},
    {"KN", {"-> s", "e", "e ee se"}},
    {"KX", {"-> s", "e", "e ee se s es"}},
    {"KK", {"-> s, <- s", "e es ss", "e ee se"}},
    {"KK1", {"-> s, <- s", "e", "e ee se es"}},
    {"K1K", {"-> s, <- s", "e es", "e ee", "se"}},
    {"K1X1", {"-> s", "e", "e ee s", "se es"}},
    {"XN", {"", "e", "e ee", "s se"}},
    {"XX", {"", "e", "e ee s es", "s se"}},
    {"XX1", {"", "e", "e ee s", "es s se"}},
    {"XK", {"<- s", "e es", "e ee", "s se"}},
    {"X1N", {"", "e", "e ee", "s", "se"}},
    {"X1X", {"", "e", "e ee s es", "s", "se"}},
    {"X1K1", {"<- s", "e", "e ee es", "s", "se"}},
    {"IN", {"", "e s", "e ee se"}},
    {"IX", {"", "e s", "e ee se s es"}},
    {"IX1", {"", "e s", "e ee se s", "es"}},
    {"IK", {"<- s", "e es s ss", "e ee se"}},
    {"I1N", {"", "e s", "e ee", "se"}},
    {"I1X", {"", "e s", "e ee s es", "se"}},
    {"I1K1", {"<- s", "e s", "e ee es", "se"}},
};

struct Pattern {
  std::string premessages;
  std::vector<std::string> messages;
  bool preshared;
};

/// "IKpsk2" is IK with the token psk at the end of its second message; psk0 stands at the very beginning.
Pattern pattern_of(const std::string& protocol_name) {
  const std::string name = protocol_name.substr(6, protocol_name.find('_', 6) - 6);
  const auto psk = name.find("psk");
  const auto& lines = patterns.at(name.substr(0, psk));
  Pattern pattern{lines[0], {lines.begin() + 1, lines.end()}, psk != std::string::npos};
  if (pattern.preshared) {
    const auto at = static_cast<std::size_t>(name[psk + 3] - '0');
    if (at == 0)
      pattern.messages[0] = "psk " + pattern.messages[0];
    else
      pattern.messages[at - 1] += " psk";
  }
  return pattern;
}

Field<32> field(const Buffer& bytes) { return Bytes{bytes}.first<32>(); }

/// One side of one handshake.
class Party {
 public:
  Party(const Value& vector, bool initiator, const Pattern& pattern)
      : initiator_(initiator),
        preshared_(pattern.preshared),
        state_(vector["protocol_name"].GetString(),
               hex(vector, initiator ? "init_prologue" : "resp_prologue")) {
    const std::string side = initiator ? "init_" : "resp_";
    const auto get = [&](const std::string& name) -> std::optional<Buffer> {
      const auto member = vector.FindMember((side + name).c_str());
      if (member == vector.MemberEnd()) return std::nullopt;
      return bytes(member->value.GetString());
    };
    if (const auto key = get("static")) static_.emplace(PrivateKey::from_bytes(field(*key)));
    if (const auto key = get("ephemeral")) ephemeral_.emplace(PrivateKey::from_bytes(field(*key)));
    if (const auto key = get("remote_static")) remote_static_ = PublicKey::from_bytes(field(*key));
    if (pattern.preshared) psk_ = bytes(vector[(side + "psks").c_str()][0].GetString());

    // What is known before, first the initiator's.
    for (const bool of_initiator : {true, false}) {
      if (pattern.premessages.find(of_initiator ? "-> s" : "<- s") == std::string::npos) continue;
      state_.mix_hash(of_initiator == initiator ? static_->public_key.bytes()
                                                : remote_static_->bytes());
    }
  }

  /// The whole message, tokens and payload.
  Buffer write(const std::string& tokens, Bytes payload) {
    Buffer message;
    for (const std::string& token : split_words(tokens)) {
      if (token == "e") {
        append(message, ephemeral_->public_key.bytes());
        mix_ephemeral(ephemeral_->public_key);
      } else if (token == "s") {
        append_encrypted(message, static_->public_key.bytes());
      } else {
        mix(token);
      }
    }
    append_encrypted(message, payload);
    return message;
  }

  /// The payload, or nothing if the message is not genuine.
  std::optional<Buffer> read(const std::string& tokens, Bytes message) {
    for (const std::string& token : split_words(tokens)) {
      if (token == "e") {
        remote_ephemeral_ = PublicKey::from_bytes(message.first<32>());
        message = message.subspan(32);
        mix_ephemeral(*remote_ephemeral_);
      } else if (token == "s") {
        const std::size_t size = 32 + overhead();
        const auto opened = decrypted(message.first(size));
        if (!opened) return std::nullopt;
        remote_static_ = PublicKey::from_bytes(field(*opened));
        message = message.subspan(size);
      } else {
        mix(token);
      }
    }
    return decrypted(message);
  }

  const SymmetricState& state() const { return state_; }

 private:
  static std::vector<std::string> split_words(const std::string& text) {
    std::istringstream stream{text};
    return {std::istream_iterator<std::string>{stream}, {}};
  }
  static void append(Buffer& to, Bytes more) { to.insert(to.end(), more.begin(), more.end()); }
  std::size_t overhead() const { return state_.has_key() ? tag_size : 0; }

  void append_encrypted(Buffer& message, Bytes plain) {
    Buffer buffer(plain.size() + overhead());
    copy_bytes(plain, buffer);
    state_.encrypt_and_hash(buffer);
    append(message, buffer);
  }
  std::optional<Buffer> decrypted(Bytes sealed) {
    Buffer buffer(sealed.begin(), sealed.end());
    const std::size_t tag = overhead();
    if (!state_.decrypt_and_hash(buffer)) return std::nullopt;
    buffer.resize(buffer.size() - tag);
    return buffer;
  }

  void mix_ephemeral(const PublicKey& key) {
    state_.mix_hash(key.bytes());
    if (preshared_) state_.mix_key(key.bytes());  // section 9.2
  }
  /// psk, or a token of two letters: the initiator's key first, then the responder's.
  void mix(const std::string& token) {
    if (token == "psk") return state_.mix_key_and_hash(psk_);
    const char ours = token[initiator_ ? 0 : 1], theirs = token[initiator_ ? 1 : 0];
    if (!state_.mix_dh((ours == 'e' ? ephemeral_ : static_)->private_key,
                       *(theirs == 'e' ? remote_ephemeral_ : remote_static_)))
      throw std::runtime_error("a shared secret of zeros in " + token);
  }

  bool initiator_;
  bool preshared_;
  SymmetricState state_;
  std::optional<KeyPair> static_, ephemeral_;
  std::optional<PublicKey> remote_static_, remote_ephemeral_;
  Buffer psk_;
};

std::string text(const std::optional<Buffer>& bytes) { return bytes ? to_hex(*bytes) : "refused"; }

/// The messages behind the handshake, sealed with the keys that came out of it.
void check_transport(Vectors& vectors, const Value& vector, const std::string& where,
                     rapidjson::SizeType first, std::array<SessionKey, 2> keys, bool one_way) {
  std::array<std::uint64_t, 2> counters{};
  const auto messages = vector["messages"].GetArray();
  for (rapidjson::SizeType i = first; i < messages.Size(); ++i) {
    const std::size_t side = one_way ? 0 : i % 2;
    auto buffer = hex(messages[i], "payload");
    buffer.resize(buffer.size() + tag_size);
    seal(keys[side], counters[side]++, {}, buffer);
    vectors.check(fmt::format("{}.messages[{}]", where, i), messages[i]["ciphertext"].GetString(),
                  to_hex(buffer));
  }
}

void run_handshake(Vectors& vectors, const Value& vector) {
  const std::string name = vector["protocol_name"].GetString();
  const Pattern pattern = pattern_of(name);
  Party initiator{vector, true, pattern}, responder{vector, false, pattern};
  const auto messages = vector["messages"].GetArray();

  rapidjson::SizeType i = 0;
  for (const std::string& tokens : pattern.messages) {
    const std::string where = fmt::format("{}.messages[{}]", name, i);
    Party& sender = i % 2 == 0 ? initiator : responder;
    Party& receiver = i % 2 == 0 ? responder : initiator;
    const auto message = sender.write(tokens, hex(messages[i], "payload"));
    vectors.check(where, messages[i]["ciphertext"].GetString(), to_hex(message));
    vectors.check(where + ", read", messages[i]["payload"].GetString(),
                  text(receiver.read(tokens, hex(messages[i], "ciphertext"))));
    ++i;
  }
  for (const Party* party : {&initiator, &responder}) {
    vectors.check(name + ".handshake_hash", vector["handshake_hash"].GetString(),
                  to_hex(party->state().handshake_hash()));
    check_transport(vectors, vector, name, i, party->state().split(), pattern.messages.size() == 1);
  }
}

void cacophony(Vectors& vectors) {
  const auto document = vectors.load();
  for (const Value& vector : document["vectors"].GetArray()) run_handshake(vectors, vector);
  fmt::print("{} handshakes; ", document["vectors"].Size());
}

}  // namespace

int main(int argc, char** argv) {
  return run_files(argc, argv, {{"noise/cacophony.json", cacophony}});
}
