#include "noise/key_log.hpp"

#include "support/bytes.hpp"
#include "support/catch.hpp"

using namespace culvert;

TEST_CASE("a key log has four lines for each handshake, as Wireshark reads them",
          "[noise][key_log]") {
  std::array<std::uint8_t, 32> bytes{};
  bytes[0] = 1;
  const auto local = crypto::PrivateKey::from_bytes(bytes);
  bytes[0] = 2;
  const auto remote = crypto::PublicKey::from_bytes(bytes);
  bytes[0] = 3;
  const auto ephemeral = crypto::PrivateKey::from_bytes(bytes);
  const auto text =
      to_string(noise::KeyLogRecord{local, remote, ephemeral, crypto::PresharedKey::none()});
  CHECK(text ==
        "LOCAL_STATIC_PRIVATE_KEY = AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n"
        "REMOTE_STATIC_PUBLIC_KEY = AgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n"
        "LOCAL_EPHEMERAL_PRIVATE_KEY = AwAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n"
        "PRESHARED_KEY = AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n");
}

TEST_CASE("a key log is read back", "[noise][key_log]") {
  std::array<std::uint8_t, 32> bytes{};
  bytes[0] = 1;
  const noise::KeyLogRecord record{
      crypto::PrivateKey::from_bytes(bytes), crypto::PublicKey::from_bytes(bytes),
      crypto::PrivateKey::from_bytes(bytes), crypto::PresharedKey::none()};
  const auto records = noise::parse_key_log("# ours\n\n" + to_string(record) + to_string(record));
  REQUIRE(records);
  REQUIRE(records->size() == 2);
  CHECK(to_string(records->back()) == to_string(record));
}

TEST_CASE("a wrong line of a key log is named, and its secret is not", "[noise][key_log]") {
  const std::string secret = "AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
  const auto wrong = noise::parse_key_log("\nLOCAL_STATIC_PRIVATE_KEY = " + secret + "\n");
  REQUIRE_FALSE(wrong);
  CHECK(wrong.error() == "line 2: a key has 44 base64 characters, this one has 42");
  CHECK(noise::parse_key_log("hello\n").error() == "line 1: NAME = KEY expected, no '=' found");
  CHECK(noise::parse_key_log("KEY = x\n").error() ==
        "line 1: one of the four key names expected, another found");
}
