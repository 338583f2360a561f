#include <fmt/format.h>

#include "control/text.hpp"
#include "control/uapi.hpp"
#include "control/uapi_lines.hpp"

namespace culvert::control {
namespace {

using std::chrono::duration_cast;
using std::chrono::nanoseconds;
using std::chrono::seconds;

std::string peer_lines(const PeerStatus& peer) {
  std::string text = fmt::format("public_key={}\n", to_hex(peer.key.bytes()));
  if (peer.preshared_key)
    text += fmt::format("preshared_key={}\n", to_hex(peer.preshared_key->bytes()));
  text += "protocol_version=1\n";
  if (peer.endpoint) text += fmt::format("endpoint={}\n", to_string(*peer.endpoint));
  const nanoseconds handshake = peer.last_handshake.value_or(WallTime{}).time_since_epoch();
  const auto whole = duration_cast<seconds>(handshake);
  text += fmt::format("last_handshake_time_sec={}\nlast_handshake_time_nsec={}\n", whole.count(),
                      (handshake - whole).count());
  text += fmt::format("tx_bytes={}\nrx_bytes={}\n", peer.sent_bytes, peer.received_bytes);
  text += fmt::format("persistent_keepalive_interval={}\n", peer.persistent_keepalive.count());
  for (const Prefix& prefix : peer.allowed_ips)
    text += fmt::format("allowed_ip={}\n", to_string(prefix));
  return text;
}

/// Into `slot`, if `value` will do.
template <class Slot, class Value>
bool keep(Slot& slot, const std::optional<Value>& value) {
  if (value) slot = *value;
  return value.has_value();
}

/// A number of so many units is added to `slot`.
template <class Unit, class Slot>
bool add(Slot& slot, std::string_view value) {
  const auto number = parse_number<std::uint32_t>(value);
  if (number) slot += Unit{*number};
  return number.has_value();
}

bool add_prefix(std::vector<Prefix>& prefixes, std::string_view value) {
  const auto prefix = Prefix::parse(value);
  if (prefix) prefixes.push_back(*prefix);
  return prefix.has_value();
}

/// No handshake yet is said as the beginning of 1970.
bool take_handshake(std::optional<WallTime>& handshake, const UapiLine& line) {
  WallTime time = handshake.value_or(WallTime{});
  const bool good = line.key == "last_handshake_time_sec" ? add<seconds>(time, line.value)
                                                          : add<nanoseconds>(time, line.value);
  if (time != WallTime{}) handshake = time;
  return good;
}

bool take_peer_line(PeerStatus& peer, const UapiLine& line) {
  if (line.key == "preshared_key")
    return keep(peer.preshared_key, key_from_hex<crypto::PresharedKey>(line.value));
  if (line.key == "endpoint") return keep(peer.endpoint, Endpoint::parse(line.value));
  if (line.key.starts_with("last_handshake_time_"))
    return take_handshake(peer.last_handshake, line);
  if (line.key == "tx_bytes") return keep(peer.sent_bytes, parse_number<std::uint64_t>(line.value));
  if (line.key == "rx_bytes")
    return keep(peer.received_bytes, parse_number<std::uint64_t>(line.value));
  if (line.key == "persistent_keepalive_interval")
    return add<seconds>(peer.persistent_keepalive, line.value);
  if (line.key == "allowed_ip") return add_prefix(peer.allowed_ips, line.value);
  return true;
}

/// "12 a sentence about why"
bool take_drop(std::vector<DropStatus>& drops, std::string_view value) {
  const std::size_t blank = std::min(value.find(' '), value.size());
  const auto count = parse_number<std::uint64_t>(value.substr(0, blank));
  if (count) drops.push_back({std::string{trimmed(value.substr(blank))}, *count});
  return count.has_value();
}

bool take_device_line(DeviceStatus& status, const UapiLine& line) {
  if (line.key == "private_key")
    return keep(status.private_key, key_from_hex<crypto::PrivateKey>(line.value));
  if (line.key == "listen_port")
    return keep(status.listen_port, parse_number<std::uint16_t>(line.value));
  if (line.key == "fwmark") return keep(status.fwmark, parse_mark(line.value));
  return true;
}

bool take_line(DeviceStatus& status, const UapiLine& line) {
  if (line.key == "drop") return take_drop(status.drops, line.value);
  if (line.key != "public_key") {
    return status.peers.empty() ? take_device_line(status, line)
                                : take_peer_line(status.peers.back(), line);
  }
  const auto key = key_from_hex<crypto::PublicKey>(line.value);
  if (key) status.peers.emplace_back(*key);
  return key.has_value();
}

}  // namespace

std::string write_status(const DeviceStatus& status, const GetRequest& request) {
  std::string text;
  if (status.private_key)
    text += fmt::format("private_key={}\n", to_hex(status.private_key->bytes()));
  if (status.listen_port != 0) text += fmt::format("listen_port={}\n", status.listen_port);
  if (status.fwmark != 0) text += fmt::format("fwmark={}\n", status.fwmark);
  for (const PeerStatus& peer : status.peers) text += peer_lines(peer);
  if (request.with_drops) {
    for (const DropStatus& drop : status.drops)
      text += fmt::format("drop={} {}\n", drop.count, drop.reason);
  }
  return text + write_errno(std::errc{});
}

std::string write_errno(std::errc code) {
  return fmt::format("errno={}\n\n", -static_cast<int>(code));
}

Result<DeviceStatus, UapiError> parse_status(std::string_view answer) {
  DeviceStatus status;
  while (const auto line = next_line(answer)) {
    if (line->key == "errno" && line->value == "0") return status;
    if (line->key == "errno" || !take_line(status, *line))
      return failure(UapiError{std::errc::protocol_error, std::string{line->key}});
  }
  return failure(UapiError{std::errc::protocol_error, "no errno= at its end"});
}

}  // namespace culvert::control
