#include "crypto/kdf.hpp"

#include "crypto/hash.hpp"
#include "support/bytes.hpp"
#include "support/catch.hpp"

using namespace culvert;
using namespace culvert::crypto;
using test::bytes;

namespace {

std::string hex(const KeyMaterial& key) { return to_hex(key.bytes()); }

/// RFC 2104, section 2, written out: H(K xor opad, H(K xor ipad, text)).
Hash written_out(Bytes key, Bytes text) {
  std::vector<std::uint8_t> inner_pad(64, 0x36), outer_pad(64, 0x5c);
  for (std::size_t i = 0; i < key.size(); ++i) {
    inner_pad[i] ^= key[i];
    outer_pad[i] ^= key[i];
  }
  return hash({outer_pad, hash({inner_pad, text})});
}

}  // namespace

TEST_CASE("HMAC is made as RFC 2104 writes it", "[crypto][kdf]") {
  for (const std::size_t size : {0u, 1u, 32u, 63u, 64u}) {
    CAPTURE(size);
    const std::vector<std::uint8_t> key(size, 0xaa);
    CHECK(hex(hmac(key, as_bytes("Hi There"))) == to_hex(written_out(key, as_bytes("Hi There"))));
  }
}

TEST_CASE("an HMAC of two parts is that of the whole", "[crypto][kdf]") {
  const auto key = bytes("0b0b0b0b");
  CHECK(hmac(key, as_bytes("Hi "), as_bytes("There")) == hmac(key, as_bytes("Hi There")));
}

TEST_CASE("a KDF extracts, then expands, as RFC 5869 says", "[crypto][kdf]") {
  const auto key = bytes("00112233"), input = bytes("445566");
  const auto secret = written_out(key, input);
  const auto first = written_out(secret, bytes("01"));
  auto next = std::vector<std::uint8_t>(first.begin(), first.end());
  next.push_back(2);
  const auto outputs = kdf3(key, input);
  CHECK(hex(outputs[0]) == to_hex(first));
  CHECK(hex(outputs[1]) == to_hex(written_out(secret, next)));
}

TEST_CASE("a KDF with fewer outputs gives the first ones of a longer one", "[crypto][kdf]") {
  const auto key = bytes("00"), input = bytes("01");
  const auto three = kdf3(key, input);
  CHECK(kdf1(key, input) == three[0]);
  CHECK(kdf2(key, input)[0] == three[0]);
  CHECK(kdf2(key, input)[1] == three[1]);
  CHECK_FALSE(three[1] == three[2]);
}
