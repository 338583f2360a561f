// A tunnel's device as others see it through its control socket: what they may ask to be changed, and what they are told.
// Configuration files are turned into the same changes, so there is one way to set up a device.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "base/endpoint.hpp"
#include "base/prefix.hpp"
#include "base/time.hpp"
#include "crypto/keys.hpp"

namespace culvert::control {

/// A network that belongs to a peer from now on, or no longer.
struct AllowedIpChange {
  Prefix prefix;
  bool remove = false;
  bool operator==(const AllowedIpChange&) const = default;
};

/// What is not there stays as it is.
struct PeerChange {
  explicit PeerChange(const crypto::PublicKey& public_key) : key(public_key) {}

  crypto::PublicKey key;
  bool remove = false;
  bool update_only = false;                             // do nothing if there is no such peer
  std::optional<crypto::PresharedKey> preshared_key{};  // none(): without
  std::optional<Endpoint> endpoint{};
  std::optional<std::chrono::seconds> persistent_keepalive{};  // 0: off
  bool replace_allowed_ips = false;
  std::vector<AllowedIpChange> allowed_ips{};
};

struct DeviceChange {
  std::optional<crypto::PrivateKey> private_key{};
  bool remove_private_key = false;
  std::optional<std::uint16_t> listen_port{};  // 0: the kernel chooses
  std::optional<std::uint32_t> fwmark{};       // 0: none
  bool replace_peers = false;
  std::vector<PeerChange> peers{};  // in the order in which they are to be made
};

/// How often packets of one kind were dropped.
struct DropStatus {
  std::string reason;  // a sentence
  std::uint64_t count = 0;
  bool operator==(const DropStatus&) const = default;
};

struct PeerStatus {
  explicit PeerStatus(const crypto::PublicKey& public_key) : key(public_key) {}

  crypto::PublicKey key;
  std::optional<crypto::PresharedKey> preshared_key{};
  std::optional<Endpoint> endpoint{};
  std::optional<WallTime> last_handshake{};
  std::uint64_t received_bytes = 0;
  std::uint64_t sent_bytes = 0;
  std::chrono::seconds persistent_keepalive{0};
  std::vector<Prefix> allowed_ips{};
};

struct DeviceStatus {
  std::optional<crypto::PrivateKey> private_key{};
  std::uint16_t listen_port = 0;
  std::uint32_t fwmark = 0;
  std::vector<PeerStatus> peers{};
  std::vector<DropStatus> drops{};  // only those that happened
};

}  // namespace culvert::control
