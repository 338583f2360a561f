#include "crypto/secret.hpp"

#include <new>

#include "crypto/keys.hpp"
#include "support/bytes.hpp"
#include "support/catch.hpp"

using namespace culvert;
using namespace culvert::crypto;

namespace {

const auto some_bytes =
    test::bytes("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
const Field<32> some = Bytes{some_bytes}.first<32>();
const std::string zeros(64, '0');

/// Whether it can be written to a stream, as Catch would do to show a failure.
template <class T>
concept printable = requires(std::ostream& out, const T& value) {
  out << value;
};

}  // namespace

TEST_CASE("a secret wipes its bytes when it goes", "[crypto][secret]") {
  alignas(SessionKey) std::array<std::uint8_t, sizeof(SessionKey)> place{};
  auto* key = new (place.data()) SessionKey{SessionKey::from_bytes(some)};
  REQUIRE(to_hex(place) == to_hex(some));
  key->~SessionKey();
  CHECK(to_hex(place) == zeros);
}

TEST_CASE("a secret that was moved leaves nothing behind", "[crypto][secret]") {
  auto from = SessionKey::from_bytes(some);
  auto to = std::move(from);
  CHECK(to_hex(to.bytes()) == to_hex(some));
  CHECK(to_hex(from.bytes()) == zeros);  // NOLINT(bugprone-use-after-move): that is what we ask

  auto third = SessionKey::from_bytes(std::array<std::uint8_t, 32>{});
  third = std::move(to);
  CHECK(to_hex(third.bytes()) == to_hex(some));
  CHECK(to_hex(to.bytes()) == zeros);  // NOLINT(bugprone-use-after-move)
}

TEST_CASE("secrets are equal if every byte is", "[crypto][secret]") {
  const auto key = SessionKey::from_bytes(some);
  for (std::size_t i = 0; i < 32; ++i) {
    CAPTURE(i);
    auto other = some_bytes;
    other[i] ^= 0x80;
    CHECK_FALSE(key == SessionKey::from_bytes(Bytes{other}.first<32>()));
  }
  CHECK(key == SessionKey::from_bytes(some));
}

TEST_CASE("bytes of different lengths are not equal", "[crypto][secret]") {
  CHECK(equal_in_constant_time(some, some));
  CHECK_FALSE(equal_in_constant_time(some, some.first(31)));
}

TEST_CASE("nobody can print a secret", "[crypto][secret]") {
  STATIC_REQUIRE_FALSE(printable<SessionKey>);
  STATIC_REQUIRE_FALSE(printable<PrivateKey>);
  STATIC_REQUIRE_FALSE(printable<PresharedKey>);
}
