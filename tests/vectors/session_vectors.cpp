// Runs whole recorded WireGuard sessions, one side ours with fixed keys, the other wireguard-go: every message must come out
// byte for byte, and every key and hash on the way.
#include "crypto/aead.hpp"
#include "crypto/dh.hpp"
#include "crypto/kdf.hpp"
#include "noise/cookie.hpp"
#include "noise/initiator.hpp"
#include "noise/responder.hpp"
#include "vectors/vectors.hpp"

namespace {

using namespace culvert;
using namespace culvert::crypto;
using namespace culvert::noise;
using namespace culvert::test;
using rapidjson::Value;

template <class Key>
Key key(const Value& object, const char* name) {
  return Key::from_bytes(Bytes{hex(object, name)}.first<32>());
}
template <class Kind>
Kind message(const Value& object, const char* name) {
  return parse<Kind>(hex(object, name)).value();
}

/// Gives the bytes that somebody else once drew.
class FixedRandom : public Random {
 public:
  explicit FixedRandom(const PrivateKey& key) : key_(key) {}
  void fill(MutableBytes out) override { copy_bytes(key_.bytes(), out); }

 private:
  PrivateKey key_;
};

/// One recording, and our own state on the way through it.
class Session {
 public:
  Session(Vectors& vectors, const rapidjson::Document& document)
      : vectors_(vectors),
        v_(document),
        initiator_(key<PrivateKey>(v_, "initiator_static_private")),
        responder_(key<PrivateKey>(v_, "responder_static_private")),
        preshared_(key<PresharedKey>(v_, "preshared_key")),
        to_responder_(responder_.public_key),
        to_initiator_(initiator_.public_key) {}

  void run() {
    check("initiator_static_public", initiator_.public_key.bytes());
    check("responder_static_public", responder_.public_key.bytes());
    if (v_.HasMember("cookie")) cookie();
    const bool ours = std::string{v_["role"].GetString()} == "initiator";
    const auto keys = ours ? as_initiator() : as_responder();
    holds("the handshake ends with keys", keys.has_value());
    if (keys) {
      check(ours ? "initiator_send_key" : "responder_send_key", keys->send.bytes());
      check(ours ? "initiator_receive_key" : "responder_receive_key", keys->receive.bytes());
      transport(*keys);
    }
    steps(ours);
  }

 private:
  void check(const char* name, Bytes found) {
    vectors_.check(name, v_[name].GetString(), to_hex(found));
  }
  void holds(const char* what, bool found) { vectors_.check(what, "yes", found ? "yes" : "no"); }

  /// An initiation with all its MACs, and what we keep of it.
  Opening initiation(const PrivateKey& ephemeral, const Value& timestamp) {
    FixedRandom random{ephemeral};
    const auto index = v_["sender_index"].GetUint();
    const auto time = Timestamp::from_bytes(Bytes{bytes(timestamp.GetString())}.first<12>());
    auto opening = initiate(initiator_, responder_.public_key, {index, time}, random).value();
    to_responder_.add_macs({}, opening.message.bytes());
    return opening;
  }

  void cookie() {
    const Value& c = v_["cookie"];
    const auto first =
        initiation(key<PrivateKey>(c, "initiation_ephemeral_private"), c["initiation_timestamp"]);
    vectors_.check("cookie.initiation", c["initiation"].GetString(), to_hex(first.message.bytes()));
    holds("our keeper takes the cookie",
          to_responder_.consume({}, message<CookieReply>(c, "cookie_reply")));
  }

  std::optional<SessionKeys> as_initiator() {
    const auto opening =
        initiation(key<PrivateKey>(v_, "initiator_ephemeral_private"), v_["timestamp"]);
    check("initiation", opening.message.bytes());
    return opening.next.consume(message<Response>(v_, "response"), initiator_, preshared_);
  }

  std::optional<SessionKeys> as_responder() {
    auto incoming = consume(message<Initiation>(v_, "initiation"), responder_).value();
    check("initiator_static_public", incoming.remote_static.bytes());
    check("timestamp", incoming.timestamp.bytes());
    FixedRandom random{key<PrivateKey>(v_, "responder_ephemeral_private")};
    auto answer =
        respond(std::move(incoming), preshared_, v_["responder_index"].GetUint(), random).value();
    to_initiator_.add_macs({}, answer.message.bytes());
    check("response", answer.message.bytes());
    return answer.keys;
  }

  /// Every message of the session, sealed by us: whoever sent it, the two sides share their keys.
  void transport(const SessionKeys& keys) {
    rapidjson::SizeType number = 0;
    for (const Value& packet : v_["transport"].GetArray()) {
      const bool from_initiator =
          std::string{packet["direction"].GetString()}.starts_with("initiator");
      const auto padded = hex(packet, "padded");
      std::vector<std::uint8_t> found(16 + padded.size() + tag_size);
      const MutableBytes out{found};
      found[0] = 4;
      store_le32(out.subspan<4, 4>(),
                 v_[from_initiator ? "responder_index" : "sender_index"].GetUint());
      store_le64(out.subspan<8, 8>(), packet["counter"].GetUint64());
      copy_bytes(padded, out.subspan(16));
      seal(from_initiator == keys.initiator ? keys.send : keys.receive,
           packet["counter"].GetUint64(), {}, out.subspan(16));
      vectors_.check(fmt::format("transport[{}]", number++), packet["message"].GetString(),
                     to_hex(found));
    }
  }

  /// The tokens by hand, with the secrets that this side knows.
  void steps(bool ours) {
    const auto initiation = message<Initiation>(v_, "initiation");
    const auto response = message<Response>(v_, "response");
    const auto e_initiator = PublicKey::from_bytes(initiation[Initiation::ephemeral]);
    const auto e_responder = PublicKey::from_bytes(response[Response::ephemeral]);
    const auto ephemeral =
        key<PrivateKey>(v_, ours ? "initiator_ephemeral_private" : "responder_ephemeral_private");

    SymmetricState state = begin_handshake(responder_.public_key);
    step("ck0", state.chaining_key().bytes());
    mix_ephemeral(state, e_initiator);
    mix(state, "key_static",
        ours ? dh(ephemeral, responder_.public_key) : dh(responder_.private_key, e_initiator));
    state.mix_hash(initiation[Initiation::encrypted_static]);
    mix(state, "key_timestamp", dh(initiator_.private_key, responder_.public_key));
    state.mix_hash(initiation[Initiation::encrypted_timestamp]);
    step("ck_after_initiation", state.chaining_key().bytes());
    step("h_after_initiation", state.handshake_hash());

    mix_ephemeral(state, e_responder);
    mix(state, nullptr, dh(ephemeral, ours ? e_responder : e_initiator));
    mix(state, nullptr,
        ours ? dh(initiator_.private_key, e_responder) : dh(ephemeral, initiator_.public_key));
    const auto [unused, tau, key] = kdf3(state.chaining_key().bytes(), preshared_.bytes());
    step("tau", tau.bytes());
    step("key_empty", key.bytes());
    state.mix_key_and_hash(preshared_.bytes());
    step("ck_final", state.chaining_key().bytes());
    state.mix_hash(response[Response::encrypted_nothing]);
    step("h_final", state.handshake_hash());
  }
  void mix(SymmetricState& state, const char* name, const std::optional<SharedSecret>& secret) {
    if (name) step(name, kdf2(state.chaining_key().bytes(), secret->bytes())[1].bytes());
    state.mix_key(secret->bytes());
  }
  void step(const char* name, Bytes found) {
    if (v_["steps"].HasMember(name))
      vectors_.check(fmt::format("steps.{}", name), v_["steps"][name].GetString(), to_hex(found));
  }

  Vectors& vectors_;
  const rapidjson::Document& v_;
  KeyPair initiator_;
  KeyPair responder_;
  PresharedKey preshared_;
  CookieKeeper to_responder_;
  CookieKeeper to_initiator_;
};

void run(Vectors& vectors) {
  const auto document = vectors.load();
  Session{vectors, document}.run();
}

}  // namespace

int main(int argc, char** argv) {
  return run_files(argc, argv,
                   {{"wireguard/session-1-initiator-psk.json", run},
                    {"wireguard/session-2-initiator-no-psk.json", run},
                    {"wireguard/session-3-responder-psk.json", run},
                    {"wireguard/session-4-cookie.json", run}});
}
