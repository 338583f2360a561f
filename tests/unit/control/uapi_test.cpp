#include "control/uapi.hpp"

#include "support/catch.hpp"

using namespace culvert;
using namespace culvert::control;
using namespace std::chrono_literals;

namespace {

// Keys that are nobody's, as the protocol spells them.
const std::string private_key(64, 'a');
const std::string public_key(64, 'b');
const std::string other_key(64, 'c');
const std::string preshared_key(64, 'd');
const std::string zeros(64, '0');

DeviceChange change(const std::string& lines) {
  const auto request = parse_request("set=1\n" + lines + "\n");
  REQUIRE(request.has_value());
  return std::get<DeviceChange>(*request);
}

/// The key of the line that is refused.
std::string refused(const std::string& lines) {
  const auto request = parse_request("set=1\n" + lines + "\n");
  REQUIRE_FALSE(request.has_value());
  CHECK(request.error().code == std::errc::invalid_argument);
  return request.error().line;
}

DeviceStatus a_status() {
  DeviceStatus status;
  status.private_key = crypto::PrivateKey::from_bytes(Bytes{*from_hex(private_key)}.first<32>());
  status.listen_port = 5000;
  status.fwmark = 51820;
  PeerStatus peer{crypto::PublicKey::from_bytes(Bytes{*from_hex(public_key)}.first<32>())};
  peer.preshared_key = crypto::PresharedKey::none();
  peer.endpoint = Endpoint::parse("[2001:db8::1]:51820");
  peer.last_handshake = WallTime{1700000000s + 5ns};
  peer.received_bytes = 12;
  peer.sent_bytes = 34;
  peer.persistent_keepalive = 25s;
  peer.allowed_ips = {*Prefix::parse("10.0.0.2/32"), *Prefix::parse("fd00::/64")};
  status.peers = {
      peer, PeerStatus{crypto::PublicKey::from_bytes(Bytes{*from_hex(other_key)}.first<32>())}};
  status.drops = {{"nobody knows why", 7}};
  return status;
}

}  // namespace

TEST_CASE("a get and a status are told apart", "[control][uapi]") {
  CHECK_FALSE(std::get<GetRequest>(*parse_request("get=1\n\n")).with_drops);
  CHECK(std::get<GetRequest>(*parse_request("status=1\n\n")).with_drops);
}

TEST_CASE("what is neither get nor set is refused", "[control][uapi]") {
  for (const char* text : {"", "\n", "get\n\n", "get=2\n\n", "put=1\n\n", "=1\n\n"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_request(text).has_value());
  }
}

TEST_CASE("a set reads every key of the device", "[control][uapi]") {
  const DeviceChange all = change("private_key=" + private_key +
                                  "\nlisten_port=51820\nfwmark=0xca6c\nreplace_peers=true\n");
  CHECK(to_hex(all.private_key->bytes()) == private_key);
  CHECK_FALSE(all.remove_private_key);
  CHECK(all.listen_port == 51820);
  CHECK(all.fwmark == 51820u);
  CHECK(all.replace_peers);
}

TEST_CASE("a set of nothing changes nothing", "[control][uapi]") {
  const DeviceChange nothing = change("");
  CHECK_FALSE(nothing.private_key);
  CHECK_FALSE(nothing.remove_private_key);
  CHECK_FALSE(nothing.listen_port);
  CHECK_FALSE(nothing.fwmark);
  CHECK_FALSE(nothing.replace_peers);
  CHECK(nothing.peers.empty());
}

TEST_CASE("a private key of zeros removes the key, an empty mark the mark", "[control][uapi]") {
  const DeviceChange none = change("private_key=" + zeros + "\nfwmark=\n");
  CHECK(none.remove_private_key);
  CHECK_FALSE(none.private_key);
  CHECK(none.fwmark == 0u);
}

TEST_CASE("a set reads every key of a peer, and begins another one at each public key",
          "[control][uapi]") {
  const DeviceChange all =
      change("public_key=" + public_key + "\nupdate_only=true\npreshared_key=" + preshared_key +
             "\nendpoint=[2001:db8::1]:51820\npersistent_keepalive_interval=25\nreplace_allowed_"
             "ips=true\nallowed_ip=10.0.0.2/32\n"
             "allowed_ip=-fd00::/64\nprotocol_version=1\npublic_key=" +
             other_key + "\nremove=true\n");
  REQUIRE(all.peers.size() == 2);
  const PeerChange& first = all.peers[0];
  CHECK(to_hex(first.key.bytes()) == public_key);
  CHECK(first.update_only);
  CHECK_FALSE(first.remove);
  CHECK(to_hex(first.preshared_key->bytes()) == preshared_key);
  CHECK(first.endpoint == Endpoint::parse("[2001:db8::1]:51820"));
  CHECK(first.persistent_keepalive == 25s);
  CHECK(first.replace_allowed_ips);
  CHECK(first.allowed_ips == std::vector<AllowedIpChange>{{*Prefix::parse("10.0.0.2/32")},
                                                          {*Prefix::parse("fd00::/64"), true}});
  CHECK(to_hex(all.peers[1].key.bytes()) == other_key);
  CHECK(all.peers[1].remove);
  CHECK_FALSE(all.peers[1].preshared_key);
}

TEST_CASE("networks that stand before replace_allowed_ips are replaced too", "[control][uapi]") {
  const DeviceChange one =
      change("public_key=" + public_key +
             "\nallowed_ip=10.0.0.1/32\nreplace_allowed_ips=true\nallowed_ip=10.0.0.2/32\n");
  CHECK(one.peers[0].allowed_ips == std::vector<AllowedIpChange>{{*Prefix::parse("10.0.0.2/32")}});
}

TEST_CASE("a wrong line is refused by its key, and its value is not repeated", "[control][uapi]") {
  CHECK(refused("private_key=" + private_key + "0") == "private_key");
  CHECK(refused("private_key=" + private_key.substr(1)) == "private_key");
  CHECK(refused("listen_port=65536") == "listen_port");
  CHECK(refused("fwmark=-1") == "fwmark");
  CHECK(refused("replace_peers=false") == "replace_peers");
  CHECK(refused("something=1") == "something");
  CHECK(refused("listen_port") == "listen_port");
  CHECK(refused("endpoint=10.0.0.1:5") == "endpoint");  // no peer yet
  CHECK(refused("public_key=x") == "public_key");
}

TEST_CASE("a wrong line of a peer is refused by its key", "[control][uapi]") {
  const auto line = GENERATE(
      as<std::string>{}, "endpoint=host:5", "remove=1", "update_only=", "preshared_key=ab",
      "protocol_version=2", "persistent_keepalive_interval=65536", "replace_allowed_ips=no",
      "allowed_ip=10.0.0.0/33", "allowed_ip=--10.0.0.0/8", "listen_port=1", "private_key=00");
  CAPTURE(line);
  CHECK(refused("public_key=" + public_key + "\n" + line) == line.substr(0, line.find('=')));
}

TEST_CASE("the answer to a get is in the documentation's order", "[control][uapi]") {
  CHECK(
      write_status(a_status()) ==
      "private_key=" + private_key + "\nlisten_port=5000\nfwmark=51820\npublic_key=" + public_key +
          "\npreshared_key=" + zeros +
          "\nprotocol_version=1\nendpoint=[2001:db8::1]:51820\nlast_handshake_time_sec=1700000000\n"
          "last_handshake_time_nsec=5\ntx_bytes=34\nrx_bytes=12\npersistent_keepalive_interval=25\n"
          "allowed_ip=10.0.0.2/32\nallowed_ip=fd00::/64\npublic_key=" +
          other_key +
          "\nprotocol_version=1\nlast_handshake_time_sec=0\nlast_handshake_time_nsec=0\ntx_bytes="
          "0\nrx_bytes=0\n"
          "persistent_keepalive_interval=0\nerrno=0\n\n");
}

TEST_CASE("a status that was written reads as the same", "[control][uapi]") {
  const std::string text = write_status(a_status(), {.with_drops = true});
  const auto read = parse_status(text);
  REQUIRE(read.has_value());
  CHECK(write_status(*read, {.with_drops = true}) == text);
  CHECK(read->drops == std::vector<DropStatus>{{"nobody knows why", 7}});
  CHECK(read->peers[0].last_handshake == WallTime{1700000000s + 5ns});
  CHECK_FALSE(read->peers[1].last_handshake);
}

TEST_CASE("an answer that ends early or says an error is no status", "[control][uapi]") {
  const std::string text = write_status(a_status());
  for (std::size_t length = 0; length + 2 < text.size(); ++length) {
    CAPTURE(length);
    CHECK_FALSE(parse_status(std::string_view{text}.substr(0, length)).has_value());
  }
  CHECK_FALSE(parse_status("errno=-22\n\n").has_value());
}

TEST_CASE("errors are negative numbers of errno", "[control][uapi]") {
  CHECK(write_errno(std::errc::invalid_argument) == "errno=-22\n\n");
  CHECK(write_errno({}) == "errno=0\n\n");
}
