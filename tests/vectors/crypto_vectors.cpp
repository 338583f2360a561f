// Runs Wycheproof's vectors of X25519 and both AEADs, the known answers of BLAKE2s, and WireGuard's of its KDF.
#include "crypto/cipher.hpp"
#include "crypto/dh.hpp"
#include "crypto/hash.hpp"
#include "crypto/kdf.hpp"
#include "vectors/vectors.hpp"

namespace {

using namespace culvert;
using namespace culvert::crypto;
using namespace culvert::test;
using rapidjson::Value;

Field<32> field(const std::vector<std::uint8_t>& key) { return Bytes{key}.first<32>(); }

/// Calls `check(where, group, test)` for every test of every group of a Wycheproof file.
template <class Check>
void each_test(const rapidjson::Document& document, Check check) {
  for (const Value& group : document["testGroups"].GetArray())
    for (const Value& test : group["tests"].GetArray())
      check(fmt::format("tcId {}", test["tcId"].GetInt()), group, test);
}

void x25519(Vectors& vectors) {
  const auto document = vectors.load();
  each_test(document, [&](const std::string& where, const Value&, const Value& test) {
    const auto ours = PrivateKey::from_bytes(field(hex(test, "private")));
    const auto secret = dh(ours, PublicKey::from_bytes(field(hex(test, "public"))));
    const std::string expected = test["shared"].GetString();
    const bool zeros = expected.find_first_not_of('0') == std::string::npos;
    vectors.check(where, zeros ? "refused" : expected,
                  secret ? to_hex(secret->bytes()) : "refused");
  });
}

/// The message that a test's ciphertext and tag open to.
template <std::size_t iv_size>
std::string opened(const Value& test) {
  const auto iv = hex(test, "iv");
  if (iv.size() != iv_size) return "refused";  // our functions do not even take it
  auto buffer = bytes(std::string{test["ct"].GetString()} + test["tag"].GetString());
  const auto nonce = Bytes{iv}.first<iv_size>();
  if (!decrypt(field(hex(test, "key")), nonce, hex(test, "aad"), buffer)) return "refused";
  return to_hex(Bytes{buffer}.first(buffer.size() - tag_size));
}

template <std::size_t iv_size>
std::string sealed(const Value& test) {
  auto buffer = hex(test, "msg");
  buffer.resize(buffer.size() + tag_size);
  const auto iv = hex(test, "iv");
  encrypt(field(hex(test, "key")), Bytes{iv}.first<iv_size>(), hex(test, "aad"), buffer);
  return to_hex(buffer);
}

template <std::size_t iv_size>
void aead(Vectors& vectors) {
  const auto document = vectors.load();
  each_test(document, [&](const std::string& where, const Value&, const Value& test) {
    const bool valid = std::string{test["result"].GetString()} == "valid";
    vectors.check(where, valid ? test["msg"].GetString() : "refused", opened<iv_size>(test));
    if (!valid) return;
    vectors.check(where + ", sealed", std::string{test["ct"].GetString()} + test["tag"].GetString(),
                  sealed<iv_size>(test));
  });
}

/// Calls `check(where, vector)` for every entry of the list "vectors".
template <class Check>
void each_vector(const rapidjson::Document& document, Check check) {
  const auto list = document["vectors"].GetArray();
  for (rapidjson::SizeType i = 0; i < list.Size(); ++i) check(fmt::format("[{}]", i), list[i]);
}

void blake2s(Vectors& vectors) {
  const auto document = vectors.load();
  each_vector(document, [&](const std::string& where, const Value& v) {
    vectors.check(where, v["out"].GetString(), to_hex(keyed_hash(hex(v, "key"), hex(v, "in"))));
    if (hex(v, "key").empty())
      vectors.check(where, v["out"].GetString(), to_hex(hash({hex(v, "in")})));
  });
}

void kdf(Vectors& vectors) {
  const auto document = vectors.load();
  each_vector(document, [&](const std::string& where, const Value& v) {
    const auto key = hex(v, "key"), input = hex(v, "input");
    const auto check = [&](rapidjson::SizeType number, const KeyMaterial& found) {
      vectors.check(fmt::format("{}.output[{}]", where, number), v["output"][number].GetString(),
                    to_hex(found.bytes()));
    };
    check(0, kdf1(key, input));
    check(0, kdf2(key, input)[0]);
    check(1, kdf2(key, input)[1]);
    for (rapidjson::SizeType i = 0; i < 3; ++i) check(i, kdf3(key, input)[i]);
  });
}

}  // namespace

int main(int argc, char** argv) {
  return run_files(argc, argv,
                   {{"wycheproof/x25519_test.json", x25519},
                    {"wycheproof/chacha20_poly1305_test.json", aead<nonce_size>},
                    {"wycheproof/xchacha20_poly1305_test.json", aead<long_nonce_size>},
                    {"blake2/blake2s.json", blake2s},
                    {"wireguard/kdf.json", kdf}});
}
