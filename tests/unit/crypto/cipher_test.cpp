#include "crypto/cipher.hpp"

#include "support/bytes.hpp"
#include "support/catch.hpp"

using namespace culvert;
using namespace culvert::crypto;
using test::bytes;

namespace {

// RFC 8439, section 2.8.2, and draft-irtf-cfrg-xchacha-03, appendix A.3.1, share their key, text and additional data.
const auto key = bytes("808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f");
const auto additional = bytes("50515253c0c1c2c3c4c5c6c7");
constexpr std::string_view text =
    "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, "
    "sunscreen would be it.";

template <std::size_t size>
Field<size> field(const std::vector<std::uint8_t>& from) {
  return Bytes{from}.first<size>();
}

std::vector<std::uint8_t> text_and_room() {
  std::vector<std::uint8_t> buffer(text.size() + tag_size);
  copy_bytes(as_bytes(text), buffer);
  return buffer;
}

template <std::size_t size>
void check(const std::vector<std::uint8_t>& nonce, std::string_view sealed) {
  auto buffer = text_and_room();
  encrypt(field<32>(key), field<size>(nonce), additional, buffer);
  CHECK(to_hex(buffer) == to_hex(bytes(sealed)));
  CHECK(decrypt(field<32>(key), field<size>(nonce), additional, buffer));
  CHECK(std::string(buffer.begin(), buffer.end() - tag_size) == text);
}

}  // namespace

TEST_CASE("ChaCha20-Poly1305 gives the values of RFC 8439", "[crypto][cipher]") {
  check<nonce_size>(bytes("070000004041424344454647"),
                    "d31a8d34648e60db7b86afbc53ef7ec2a4aded51296e08fea9e2b5a736ee62d6"
                    "3dbea45e8ca9671282fafb69da92728b1a71de0a9e060b2905d6a5b67ecd3b36"
                    "92ddbd7f2d778b8c9803aee328091b58fab324e4fad675945585808b4831d7bc"
                    "3ff4def08e4b7a9de576d26586cec64b6116"
                    "1ae10b594f09e26a7e902ecbd0600691");
}

TEST_CASE("XChaCha20-Poly1305 gives the values of its draft", "[crypto][cipher]") {
  check<long_nonce_size>(bytes("404142434445464748494a4b4c4d4e4f5051525354555657"),
                         "bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb"
                         "731c7f1b0b4aa6440bf3a82f4eda7e39ae64c6708c54c216cb96b72e1213b452"
                         "2f8c9ba40db5d945b11b69b982c1bb9e3f3fac2bc369488f76b2383565d3fff9"
                         "21f9664c97637da9768812f615c68b13b52e"
                         "c0875924c1c7987947deafd8780acf49");
}

TEST_CASE("less than a tag is refused", "[crypto][cipher]") {
  std::vector<std::uint8_t> buffer(tag_size - 1);
  CHECK_FALSE(decrypt(field<32>(key),
                      field<nonce_size>(bytes("00 00 00 00 00 00 00 00 00 00 00 00")), {}, buffer));
}
