#include "control/show.hpp"

#include "support/catch.hpp"

using namespace culvert;
using namespace culvert::control;
using namespace std::chrono_literals;

namespace {

constexpr auto private_key = "yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk=";
constexpr auto peer_key = "xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=";
constexpr auto preshared_key = "FpCyhws9cxwWoV4xELtfJvjJN+zQVRPISllRWgeopVE=";

NamedStatus a_device() {
  NamedStatus device{"myvpn", {}};
  device.status.private_key = crypto::PrivateKey::from_base64(private_key);
  device.status.listen_port = 5000;
  device.status.fwmark = 0xca6c;
  PeerStatus peer{*crypto::PublicKey::from_base64(peer_key)};
  peer.preshared_key = crypto::PresharedKey::from_base64(preshared_key);
  peer.endpoint = Endpoint::parse("192.0.2.2:40000");
  peer.last_handshake = WallTime{1000s};
  peer.received_bytes = 1500;
  peer.sent_bytes = 92;
  peer.persistent_keepalive = 25s;
  peer.allowed_ips = {*Prefix::parse("10.0.0.2/32"), *Prefix::parse("fd00:10::2/128")};
  device.status.peers = {peer};
  device.status.drops = {{"it is no message of ours", 3}};
  return device;
}

}  // namespace

TEST_CASE("a device is shown as wg shows it, with the drops", "[control][show]") {
  NamedStatus device = a_device();
  const std::string own_key = device.status.private_key->public_key().to_base64();
  CHECK(show(device, WallTime{1063s}) ==
        "interface: myvpn\n"
        "  public key: " +
            own_key +
            "\n"
            "  listening port: 5000\n"
            "  fwmark: 0xca6c\n"
            "\n"
            "peer: " +
            peer_key +
            "\n"
            "  preshared key: (hidden)\n"
            "  endpoint: 192.0.2.2:40000\n"
            "  allowed ips: 10.0.0.2/32, fd00:10::2/128\n"
            "  latest handshake: 1 minute, 3 seconds ago\n"
            "  transfer: 1.46 KiB received, 92 B sent\n"
            "  persistent keepalive: every 25 seconds\n"
            "\n"
            "dropped:\n"
            "  3 it is no message of ours\n");
}

TEST_CASE("a device that nobody has set up is shown", "[control][show]") {
  CHECK(show({"wg0", {}}, WallTime{}) == "interface: wg0\n  listening port: 0\n");
}

TEST_CASE("a handshake of the future happened now", "[control][show]") {
  CHECK(show(a_device(), WallTime{10s}).find("latest handshake: now\n") != std::string::npos);
}

TEST_CASE("JSON says the same in names that programs read", "[control][show]") {
  const NamedStatus device = a_device();
  CHECK(show_json(device) ==
        "{\"interface\":\"myvpn\",\"public_key\":\"" +
            device.status.private_key->public_key().to_base64() +
            "\",\"listen_port\":5000,\"fwmark\":51820,\"peers\":[{\"public_key\":\"" + peer_key +
            "\",\"endpoint\":\"192.0.2.2:40000\",\"allowed_ips\":[\"10.0.0.2/32\",\"fd00:10::2/"
            "128\"],\"latest_handshake\":1000,"
            "\"received_bytes\":1500,\"sent_bytes\":92,\"persistent_keepalive\":25}],"
            "\"drops\":[{\"reason\":\"it is no message of ours\",\"count\":3}]}");
}

TEST_CASE("neither form shows a secret", "[control][show]") {
  const std::string all = show(a_device(), WallTime{}) + show_json(a_device());
  CHECK(all.find(private_key) == std::string::npos);
  CHECK(all.find(preshared_key) == std::string::npos);
}

TEST_CASE("durations and sizes are said in words", "[control][show]") {
  CHECK(in_words(0s) == "0 seconds");
  CHECK(in_words(90061s) == "1 day, 1 hour, 1 minute, 1 second");
  CHECK(in_words(7200s) == "2 hours");
  CHECK(bytes_in_words(0) == "0 B");
  CHECK(bytes_in_words(1023) == "1023 B");
  CHECK(bytes_in_words(3 * 1024 * 1024) == "3.00 MiB");
}
