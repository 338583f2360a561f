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
