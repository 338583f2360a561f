#include "crypto/keys.hpp"

#include <type_traits>
#include <unordered_set>

#include "support/bytes.hpp"
#include "support/catch.hpp"
#include "support/seeded_random.hpp"

using namespace culvert;
using namespace culvert::crypto;
using test::bytes;

namespace {

// Alice of RFC 7748, section 6.1, in hex and as `wg` writes her keys.
const auto alice_private =
    bytes("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a");
const auto alice_public = bytes("8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a");
constexpr auto alice_private_base64 = "dwdtCnMYpX08FsFyUbJmRd9ML4frwJkqsXf7pR25LCo=";
constexpr auto alice_public_base64 = "hSDwCYkwp1R0i33ctD73Wg2/Og0mOBr066SpjqqbTmo=";

template <class Key>
Key key(const std::vector<std::uint8_t>& from) {
  return Key::from_bytes(Bytes{from}.first<32>());
}

}  // namespace

TEST_CASE("a private key has the public key that RFC 7748 says", "[crypto][keys]") {
  CHECK(to_hex(key<PrivateKey>(alice_private).public_key().bytes()) == to_hex(alice_public));
}

TEST_CASE("a generated private key is clamped and drawn from the given randomness",
          "[crypto][keys]") {
  const auto seed = GENERATE(range(1u, 20u));
  CAPTURE(seed);
  test::SeededRandom random{seed}, again{seed}, other{seed + 100};
  const auto generated = PrivateKey::generate(random);
  CHECK((generated.bytes()[0] & 7u) == 0);
  CHECK((generated.bytes()[31] & 0xc0u) == 0x40);
  CHECK(generated == PrivateKey::generate(again));
  CHECK_FALSE(generated == PrivateKey::generate(other));
}

TEST_CASE("keys are read from base64 and written back", "[crypto][keys]") {
  const auto ours = PrivateKey::from_base64(alice_private_base64);
  REQUIRE(ours);
  CHECK(ours->to_base64() == alice_private_base64);
  CHECK(ours->public_key().to_base64() == alice_public_base64);
  CHECK(PublicKey::from_base64(alice_public_base64) == ours->public_key());
  CHECK(PresharedKey::from_base64(alice_private_base64)->to_base64() == alice_private_base64);
}

TEST_CASE("what is not the base64 of 32 bytes is no key", "[crypto][keys]") {
  const std::string good = alice_public_base64;
  CHECK_FALSE(PublicKey::from_base64(""));
  CHECK_FALSE(PublicKey::from_base64(good.substr(0, 43)));  // without its padding
  CHECK_FALSE(PublicKey::from_base64(good + "="));
  CHECK_FALSE(PublicKey::from_base64(good + " "));
  CHECK_FALSE(PublicKey::from_base64(" " + good));
  CHECK_FALSE(PublicKey::from_base64(good.substr(0, 40)));         // 30 bytes
  CHECK_FALSE(PublicKey::from_base64("AAAA" + good));              // 35 bytes
  CHECK_FALSE(PublicKey::from_base64(good.substr(0, 42) + "p="));  // bits behind the last byte
  CHECK_FALSE(PublicKey::from_base64("!" + good.substr(1)));
}

TEST_CASE("no preshared key is 32 zeros", "[crypto][keys]") {
  CHECK(PresharedKey::none().to_base64() == "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");
  test::SeededRandom random{1};
  CHECK_FALSE(PresharedKey::generate(random) == PresharedKey::none());
}

TEST_CASE("a public key is an ordinary value: compared, ordered, hashed", "[crypto][keys]") {
  test::SeededRandom random{1};
  const auto a = PrivateKey::generate(random).public_key();
  const auto b = PrivateKey::generate(random).public_key();
  CHECK((a < b) != (b < a));
  CHECK(std::unordered_set{a, b, a}.size() == 2);
}

TEST_CASE("one kind of secret does not pass for another", "[crypto][keys]") {
  STATIC_REQUIRE_FALSE(std::is_convertible_v<PresharedKey, SessionKey>);
  STATIC_REQUIRE_FALSE(std::is_constructible_v<SessionKey, PrivateKey>);
  STATIC_REQUIRE_FALSE(std::is_default_constructible_v<SessionKey>);
}
