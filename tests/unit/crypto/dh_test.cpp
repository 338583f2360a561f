#include "crypto/dh.hpp"

#include "support/bytes.hpp"
#include "support/catch.hpp"
#include "support/seeded_random.hpp"

using namespace culvert;
using namespace culvert::crypto;
using test::bytes;

namespace {

template <class Key>
Key key(std::string_view hex) {
  return Key::from_bytes(Bytes{bytes(hex)}.first<32>());
}

std::string shared(std::string_view ours, std::string_view theirs) {
  const auto secret = dh(key<PrivateKey>(ours), key<PublicKey>(theirs));
  return secret ? to_hex(secret->bytes()) : "refused";
}

}  // namespace

TEST_CASE("X25519 gives the values of RFC 7748, section 5.2", "[crypto][dh]") {
  CHECK(shared("a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4",
               "e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c") ==
        "c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552");
  CHECK(shared("4b66e9d4d1b4673c5ad22691957d6af5c11b6421e0ea01d42ca4169e7918ba0d",
               "e5210f12786811d3f4b7959d0538ae2c31dbe7106fc03c3efc4cd549c715a493") ==
        "95cbde9476e8907d7aade45cb4b873f88b595a68799fa152e6f8f7647aac7957");
}

TEST_CASE("Alice and Bob of RFC 7748, section 6.1, get the same secret", "[crypto][dh]") {
  const auto alice = "77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a";
  const auto bob = "5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb";
  const auto alice_public = "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a";
  const auto bob_public = "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f";
  const auto secret = "4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742";
  CHECK(shared(alice, bob_public) == secret);
  CHECK(shared(bob, alice_public) == secret);
}

TEST_CASE("a public key that leads to zeros is refused", "[crypto][dh]") {
  const auto ours = "a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4";
  // 0, 1 and p - 1: points of small order, as the security section of RFC 7748 warns of.
  for (const auto theirs : {"0000000000000000000000000000000000000000000000000000000000000000",
                            "0100000000000000000000000000000000000000000000000000000000000000",
                            "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"})
    CHECK(shared(ours, theirs) == "refused");
}

TEST_CASE("any two hosts agree, and a third one does not", "[crypto][dh]") {
  test::SeededRandom random{1};
  const auto alice = PrivateKey::generate(random);
  const auto bob = PrivateKey::generate(random);
  const auto eve = PrivateKey::generate(random);
  CHECK(dh(alice, bob.public_key()).value() == dh(bob, alice.public_key()).value());
  CHECK_FALSE(dh(alice, bob.public_key()).value() == dh(eve, alice.public_key()).value());
}
