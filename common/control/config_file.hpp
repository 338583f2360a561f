// WireGuard's configuration files, wg(8) and wg-quick(8): sections [Interface] and [Peer] of `Key = value` lines, `#` begins
// a comment. Every mistake of a file is reported at once, each with its line and what was expected.
#pragma once

#include "base/result.hpp"
#include "control/device.hpp"

namespace culvert::control {

/// Where a peer can be reached: "vpn.example:51820". The name is looked up by others.
struct HostAndPort {
  std::string host;
  std::uint16_t port = 0;
  bool operator==(const HostAndPort&) const = default;
};

/// Which routing table gets the routes of AllowedIPs.
struct RouteTable {
  enum class Choice {
    automatic,  // the main one; for all traffic one of its own
    off,        // none: somebody else sees to the routes
    number
  };
  Choice choice = Choice::automatic;
  std::uint32_t number = 0;
  bool operator==(const RouteTable&) const = default;
};

/// Commands for the shell; "%i" in them stands for the interface's name.
struct Hooks {
  std::vector<std::string> pre_up;
  std::vector<std::string> post_up;
  std::vector<std::string> pre_down;
  std::vector<std::string> post_down;
  bool operator==(const Hooks&) const = default;
};

struct InterfaceSection {
  std::optional<crypto::PrivateKey> private_key;
  std::optional<std::uint16_t> listen_port;
  std::optional<std::uint32_t> fwmark;  // 0: said to be off
  std::vector<InterfaceAddress> addresses;
  std::vector<IpAddress> name_servers;
  std::vector<std::string> search_domains;
  std::optional<std::size_t> mtu;
  RouteTable table;
  Hooks hooks;
};

struct PeerSection {
  explicit PeerSection(const crypto::PublicKey& public_key) : key(public_key) {}

  crypto::PublicKey key;
  std::optional<crypto::PresharedKey> preshared_key{};
  std::optional<HostAndPort> endpoint{};
  std::vector<Prefix> allowed_ips{};
  std::optional<std::chrono::seconds> persistent_keepalive{};  // 0: said to be off
};

struct ConfigFile {
  InterfaceSection interface;
  std::vector<PeerSection> peers;
};

/// One mistake. Secrets are never repeated in it.
struct ConfigError {
  std::size_t line = 0;
  std::string key;
  std::string expected;
  std::string found;
  bool operator==(const ConfigError&) const = default;
};

/// "myvpn.conf:7: MTU: expected a number from 68 to 65535, found 'big'"
std::string one_line(const ConfigError& error, std::string_view file);

/// The file's meaning, or all that is wrong with it, in the order of its lines.
Result<ConfigFile, std::vector<ConfigError>> parse_config(std::string_view text);

/// The way back: a file that means the same.
std::string write_config(const ConfigFile& config);

/// What the device has to be told, but for endpoints, whose names have to be looked up first. All former peers go.
DeviceChange to_change(const ConfigFile& config);

}  // namespace culvert::control
