#include "control/config_file.hpp"

#include "support/catch.hpp"

using namespace culvert;
using namespace culvert::control;
using namespace std::chrono_literals;

namespace {

// Keys that are nobody's.
constexpr auto private_key = "yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk=";
constexpr auto public_key = "xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=";
constexpr auto other_key = "TrMvSoP4jYQlY6RIzBgbssQqY3vxI2Pi+y71lOWWXX0=";
constexpr auto preshared_key = "FpCyhws9cxwWoV4xELtfJvjJN+zQVRPISllRWgeopVE=";

std::string peer(const std::string& settings = "") {
  return std::string{"[Peer]\nPublicKey = "} + public_key + "\n" + settings;
}

ConfigFile good(const std::string& text) {
  const auto config = parse_config(text);
  if (!config) {
    for (const ConfigError& error : config.error()) UNSCOPED_INFO(one_line(error, "it"));
  }
  REQUIRE(config.has_value());
  return *config;
}

/// All complaints about a bad file, a line each.
std::string complaints(const std::string& text) {
  const auto config = parse_config(text);
  REQUIRE_FALSE(config.has_value());
  std::string all;
  for (const ConfigError& error : config.error()) all += one_line(error, "a.conf") + "\n";
  return all;
}

}  // namespace

TEST_CASE("a configuration's every key is read", "[control][config]") {
  const ConfigFile config = good(std::string{R"(
[Interface]
PrivateKey = )"} + private_key + R"(
ListenPort = 51820
FwMark = 0xca6c
Address = 10.0.0.2/24, fd00:10::2/64
DNS = 10.0.0.1, fd00:10::1, home.example
MTU = 1380
Table = 1234
PreUp = echo pre-up %i
PostUp = echo one
PostUp = echo two, with = and "quotes"
PreDown = echo pre-down
PostDown = echo post-down
SaveConfig = false

[Peer] # the server
PublicKey = )" + public_key + R"(
PresharedKey = )" + preshared_key +
                                 R"(
Endpoint = vpn.example:5000
AllowedIPs = 0.0.0.0/0, ::/0
PersistentKeepalive = 25
)");
  const InterfaceSection& interface = config.interface;
  CHECK(interface.private_key->to_base64() == private_key);
  CHECK(interface.listen_port == 51820);
  CHECK(interface.fwmark == 51820u);
  CHECK(interface.addresses == std::vector{*InterfaceAddress::parse("10.0.0.2/24"),
                                           *InterfaceAddress::parse("fd00:10::2/64")});
  CHECK(interface.name_servers ==
        std::vector{*IpAddress::parse("10.0.0.1"), *IpAddress::parse("fd00:10::1")});
  CHECK(interface.search_domains == std::vector<std::string>{"home.example"});
  CHECK(interface.mtu == 1380u);
  CHECK(interface.table == RouteTable{RouteTable::Choice::number, 1234});
  CHECK(interface.hooks.pre_up == std::vector<std::string>{"echo pre-up %i"});
  CHECK(interface.hooks.post_up ==
        std::vector<std::string>{"echo one", "echo two, with = and \"quotes\""});
  CHECK(interface.hooks.pre_down == std::vector<std::string>{"echo pre-down"});
  CHECK(interface.hooks.post_down == std::vector<std::string>{"echo post-down"});

  REQUIRE(config.peers.size() == 1);
  const PeerSection& peer = config.peers[0];
  CHECK(peer.key.to_base64() == public_key);
  CHECK(peer.preshared_key->to_base64() == preshared_key);
  CHECK(peer.endpoint == HostAndPort{"vpn.example", 5000});
  CHECK(peer.allowed_ips == std::vector{*Prefix::parse("0.0.0.0/0"), *Prefix::parse("::/0")});
  CHECK(peer.persistent_keepalive == 25s);
}

TEST_CASE("a configuration that was written reads as the same", "[control][config]") {
  const std::string text = write_config(
      good(std::string{"[Interface]\nPrivateKey="} + private_key +
           "\nListenPort=0\nFwMark=off\nAddress=10.0.0.2,fd00::1/64\nDNS=10.0.0.1,a.example\n"
           "MTU=1420\nTable=off\nPreUp=a\nPostUp=b\nPreDown=c\nPostDown=d\n" +
           peer("AllowedIPs=10.1.2.3/8\nEndpoint=[2001:db8::1]:9\nPersistentKeepalive=off\n")));
  CHECK(write_config(good(text)) == text);
  CHECK(text.find("Address = 10.0.0.2/32, fd00::1/64\n") != std::string::npos);
  CHECK(text.find("Endpoint = [2001:db8::1]:9\n") != std::string::npos);
  CHECK(text.find("AllowedIPs = 10.0.0.0/8\n") != std::string::npos);
}

TEST_CASE("keys may be written in any case, and sections too", "[control][config]") {
  const ConfigFile config = good("[INTERFACE]\nlistenport=7\nmTu = 1300\n");
  CHECK(config.interface.listen_port == 7);
  CHECK(config.interface.mtu == 1300u);
}

TEST_CASE("comments, empty lines and a carriage return before the end of a line count for nothing",
          "[control][config]") {
  const ConfigFile config =
      good("# hello\r\n\r\n[Interface]\r\nMTU = 1300 # enough\r\n#MTU = 1\r\n");
  CHECK(config.interface.mtu == 1300u);
}

TEST_CASE("several lines of addresses, networks and name servers add up", "[control][config]") {
  const ConfigFile config =
      good("[Interface]\nAddress=10.0.0.2/24\nAddress=10.0.1.2/24\n" +
           peer("AllowedIPs=10.0.0.0/24\nAllowedIPs=\nAllowedIPs=10.0.1.0/24\n"));
  CHECK(config.interface.addresses.size() == 2);
  CHECK(config.peers[0].allowed_ips.size() == 2);
}

TEST_CASE("every mistake of a file is named with its line, in order", "[control][config]") {
  CHECK(complaints("MTU = 1300\n[Interface]\nMTU = big\nAdress = 10.0.0.1/24\nListenPort = "
                   "70000\n[Pear]\n[Peer]\nAllowedIPs = 10.0.0.0/33, fd00::/8, x\n") ==
        "a.conf:1: MTU: expected [Interface] or [Peer] before the first key, found none\n"
        "a.conf:3: MTU: expected a number from 68 to 65535, found 'big'\n"
        "a.conf:4: Adress: expected one of Address, DNS, FwMark, ListenPort, MTU, PostDown, "
        "PostUp, PreDown, PreUp, PrivateKey, "
        "SaveConfig, Table, found an unknown key\n"
        "a.conf:5: ListenPort: expected a port from 0 to 65535, found '70000'\n"
        "a.conf:6: [Pear]: expected [Interface] or [Peer], found another section\n"
        "a.conf:7: [Peer]: expected a PublicKey in this section, found none\n"
        "a.conf:8: AllowedIPs: expected a network such as 10.0.0.2/32, fd00:10::2/128 or "
        "0.0.0.0/0, found '10.0.0.0/33'\n"
        "a.conf:8: AllowedIPs: expected a network such as 10.0.0.2/32, fd00:10::2/128 or "
        "0.0.0.0/0, found 'x'\n");
}

TEST_CASE("a wrong value of any key is refused", "[control][config]") {
  const auto setting = GENERATE(
      as<std::string>{}, "Address=10.0.0.1/33", "Address=", "Address=10.0.0.1,", "DNS=a b",
      "DNS=", "FwMark=x", "FwMark=4294967296", "ListenPort=-1", "ListenPort=", "MTU=67",
      "MTU=65536", "PrivateKey=abc", "Table=0", "Table=somewhere", "SaveConfig=maybe", "NoEquals");
  CAPTURE(setting);
  CHECK(complaints("[Interface]\n" + setting + "\n").find("a.conf:2: ") == 0);
}

TEST_CASE("a wrong value of any key of a peer is refused", "[control][config]") {
  const auto setting = GENERATE(as<std::string>{}, "Endpoint=host", "Endpoint=:1",
                                "Endpoint=host:0", "Endpoint=host:65536", "Endpoint=2001:db8::1:5",
                                "Endpoint=[10.0.0.1]:5", "Endpoint=[2001:db8::1]", "Endpoint=a b:5",
                                "PersistentKeepalive=65536", "PersistentKeepalive=yes",
                                "PresharedKey=abc", "AllowedIPs=10.0.0.0/24,", "MTU=1300");
  CAPTURE(setting);
  CHECK(complaints(peer(setting + "\n")).find("a.conf:3: ") == 0);
}

TEST_CASE("a key that stands once says so when it comes again", "[control][config]") {
  CHECK(complaints("[Interface]\nMTU=1300\nmtu=1400\n") ==
        "a.conf:3: MTU: expected it once, found it in line 2 too\n");
}

TEST_CASE("two peers of one public key are refused", "[control][config]") {
  CHECK(complaints(peer() + peer()) ==
        "a.conf:4: PublicKey: expected a key of its own, found that of line 2\n");
  CHECK(good(peer() + "[Peer]\nPublicKey=" + other_key + "\n").peers.size() == 2);
}

TEST_CASE("SaveConfig is refused with the reason", "[control][config]") {
  const std::string complaint = complaints("[Interface]\nSaveConfig = true\n");
  CHECK(complaint.find("never writes to a configuration") != std::string::npos);
  CHECK(complaint.find("found 'true'") != std::string::npos);
}

TEST_CASE("a complaint never repeats a secret", "[control][config]") {
  const std::string almost = std::string{private_key}.substr(1);
  for (const std::string& text : {"PrivateKey = " + almost, "PresharedKey = " + almost, almost,
                                  almost + " = 1", "[" + almost}) {
    CAPTURE(text);
    CHECK(complaints("[Interface]\n" + text + "\n").find(almost.substr(0, 8)) == std::string::npos);
    CHECK(complaints(peer(text + "\n")).find(almost.substr(0, 8)) == std::string::npos);
  }
}

TEST_CASE("a configuration becomes a change that replaces all peers", "[control][config]") {
  const DeviceChange change =
      to_change(good(std::string{"[Interface]\nPrivateKey="} + private_key + "\nListenPort=5000\n" +
                     peer("AllowedIPs=10.0.0.2/32\n")));
  CHECK(change.private_key->to_base64() == private_key);
  CHECK(change.listen_port == 5000);
  CHECK(change.fwmark == 0u);
  CHECK(change.replace_peers);
  REQUIRE(change.peers.size() == 1);
  CHECK(change.peers[0].replace_allowed_ips);
  CHECK(change.peers[0].preshared_key == crypto::PresharedKey::none());
  CHECK(change.peers[0].persistent_keepalive == 0s);
  CHECK(change.peers[0].allowed_ips ==
        std::vector<AllowedIpChange>{{*Prefix::parse("10.0.0.2/32")}});
}
