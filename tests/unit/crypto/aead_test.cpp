#include "crypto/aead.hpp"

#include "support/bytes.hpp"
#include "support/catch.hpp"

using namespace culvert;
using namespace culvert::crypto;
using test::bytes;

namespace {

SessionKey session_key(std::string_view hex) {
  return SessionKey::from_bytes(Bytes{bytes(hex)}.first<32>());
}

// RFC 8439, appendix A.5. Its nonce is 00000000 0102030405060708: a counter, seen from our side.
const auto rfc_key =
    session_key("1c9240a5eb55d38af333888604f6b5f0473917c1402b80099dca5cbc207075c0");
constexpr std::uint64_t rfc_counter = 0x0807060504030201;
const auto rfc_additional = bytes("f33388860000000000004e91");
const auto rfc_sealed = bytes(
    "64a0861575861af460f062c79be643bd5e805cfd345cf389f108670ac76c8cb24c6cfc18755d43eea09ee94e382d26"
    "b0"
    "bdb7b73c321b0100d4f03b7f355894cf332f830e710b97ce98c8a84abd0b948114ad176e008d33bd60f982b1ff37c8"
    "55"
    "9797a06ef4f0ef61c186324e2b3506383606907b6a7c02b0f9f6157b53c867e4b9166c767b804d46a59b5216cde7a4"
    "e9"
    "9040c5a40433225ee282a1b0a06c523eaf4534d7f83fa1155b0047718cbc546a0d072b04b3564eea1b422273f54827"
    "1a"
    "0bb2316053fa76991955ebd63159434ecebb4e466dae5a1073a6727627097a1049e617d91d361094fa68f0ff779871"
    "30"
    "305beaba2eda04df997b714d6c6f2c29a6ad5cb4022b02709b"
    "eead9d67890cbb22392336fea1851f38");

const auto key = session_key("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");

/// "hello" with its tag.
std::vector<std::uint8_t> sealed_hello(std::uint64_t counter, Bytes additional = {}) {
  std::vector<std::uint8_t> buffer(5 + tag_size);
  copy_bytes(as_bytes("hello"), buffer);
  seal(key, counter, additional, buffer);
  return buffer;
}

}  // namespace

TEST_CASE("sealing and opening give the values of RFC 8439", "[crypto][aead]") {
  auto buffer = rfc_sealed;
  REQUIRE(open(rfc_key, rfc_counter, rfc_additional, buffer));
  const std::string text(buffer.begin(), buffer.end() - tag_size);
  CHECK(text.starts_with("Internet-Drafts are draft documents valid for a maximum of six months"));
  CHECK(text.size() == 265);

  seal(rfc_key, rfc_counter, rfc_additional, buffer);
  CHECK(to_hex(buffer) == to_hex(rfc_sealed));
}

TEST_CASE("a message that was changed in any bit is refused, and nothing of it is seen",
          "[crypto][aead]") {
  const auto good = sealed_hello(7);
  for (std::size_t bit = 0; bit < good.size() * 8; ++bit) {
    CAPTURE(bit);
    auto changed = good;
    changed[bit / 8] ^= static_cast<std::uint8_t>(1u << bit % 8);
    CHECK_FALSE(open(key, 7, {}, changed));
    CHECK(to_hex(Bytes{changed}.first(5)) == "0000000000");
  }
}

TEST_CASE("another key, counter or additional data does not open a message", "[crypto][aead]") {
  const auto header = bytes("04 00 00 00");
  const auto opens = [&](const SessionKey& with, std::uint64_t counter, Bytes additional) {
    auto buffer = sealed_hello(7, header);
    return open(with, counter, additional, buffer);
  };
  CHECK(opens(key, 7, header));
  CHECK_FALSE(opens(rfc_key, 7, header));
  CHECK_FALSE(opens(key, 8, header));
  CHECK_FALSE(opens(key, 7, {}));
}

TEST_CASE("no beginning of a sealed message opens", "[crypto][aead]") {
  const auto good = sealed_hello(1);
  for (std::size_t length = 0; length < good.size(); ++length) {
    CAPTURE(length);
    std::vector<std::uint8_t> beginning(good.begin(),
                                        good.begin() + static_cast<std::ptrdiff_t>(length));
    CHECK_FALSE(open(key, 1, {}, beginning));
  }
}

TEST_CASE("nothing at all can be sealed: a keepalive is a tag alone", "[crypto][aead]") {
  std::vector<std::uint8_t> tag(tag_size);
  seal(key, 0, {}, tag);
  CHECK(open(key, 0, {}, tag));
  CHECK_FALSE(open(key, 1, {}, tag));
}

TEST_CASE("every counter gives another ciphertext, up to the largest", "[crypto][aead]") {
  constexpr std::uint64_t last = ~std::uint64_t{0};
  CHECK(sealed_hello(0) != sealed_hello(1));
  CHECK(sealed_hello(1) != sealed_hello(std::uint64_t{1} << 32));
  CHECK(sealed_hello(last) != sealed_hello(last - 1));
}
