#include "crypto/hash.hpp"

#include "support/bytes.hpp"
#include "support/catch.hpp"

using namespace culvert;
using namespace culvert::crypto;
using test::bytes;

TEST_CASE("BLAKE2s gives the values of RFC 7693", "[crypto][hash]") {
  // Appendix B: "abc".
  CHECK(to_hex(hash({as_bytes("abc")})) ==
        "508c5e8c327c14e2e1a72ba34eeb452f37458b209ed63a294d999b4c86675982");
  CHECK(to_hex(hash({})) == "69217a3079908094e11121d042354a7c1f55b6482ca1a51e1b250dfd1ed0eef9");
}

TEST_CASE("the hash of parts is the hash of the whole", "[crypto][hash]") {
  CHECK(hash({as_bytes("a"), as_bytes(""), as_bytes("bc")}) == hash({as_bytes("abc")}));
}

TEST_CASE("a keyed hash depends on its key, and an empty key is none", "[crypto][hash]") {
  const auto key = bytes("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
  // The first value of the keyed known answers that the authors of BLAKE2 publish.
  CHECK(to_hex(keyed_hash(key, {})) ==
        "48a8997da407876b3d79c0d92325ad3b89cbb754d86ab71aee047ad345fd2c49");
  CHECK(keyed_hash({}, as_bytes("abc")) == hash({as_bytes("abc")}));
}

TEST_CASE("a MAC is no beginning of the longer hash", "[crypto][hash]") {
  const auto key = bytes("00010203");
  const Mac tag = mac(key, as_bytes("abc"));
  const Hash longer = keyed_hash(key, as_bytes("abc"));
  CHECK_FALSE(std::equal(tag.begin(), tag.end(), longer.begin()));
  CHECK(tag != mac(bytes("00010204"), as_bytes("abc")));
}
