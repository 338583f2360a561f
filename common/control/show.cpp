#include "control/show.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>

namespace culvert::control {
namespace {

std::string allowed_ips(const PeerStatus& peer) {
  std::vector<std::string> texts;
  for (const Prefix& prefix : peer.allowed_ips) texts.push_back(to_string(prefix));
  return texts.empty() ? "(none)" : fmt::format("{}", fmt::join(texts, ", "));
}

/// A clock that was set back makes a handshake of the future; it is as good as new.
std::string age(WallTime handshake, WallTime now) {
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(now - handshake);
  return seconds.count() <= 0 ? "now" : in_words(seconds) + " ago";
}

std::string show_peer(const PeerStatus& peer, WallTime now) {
  std::string text = fmt::format("\npeer: {}\n", peer.key.to_base64());
  const bool preshared = peer.preshared_key && *peer.preshared_key != crypto::PresharedKey::none();
  if (preshared) text += "  preshared key: (hidden)\n";
  if (peer.endpoint) text += fmt::format("  endpoint: {}\n", to_string(*peer.endpoint));
  text += fmt::format("  allowed ips: {}\n", allowed_ips(peer));
  if (peer.last_handshake)
    text += fmt::format("  latest handshake: {}\n", age(*peer.last_handshake, now));
  if (peer.received_bytes + peer.sent_bytes > 0) {
    text += fmt::format("  transfer: {} received, {} sent\n", bytes_in_words(peer.received_bytes),
                        bytes_in_words(peer.sent_bytes));
  }
  if (peer.persistent_keepalive.count() > 0)
    text += fmt::format("  persistent keepalive: every {}\n", in_words(peer.persistent_keepalive));
  return text;
}

}  // namespace

std::string show(const NamedStatus& device, WallTime now) {
  const DeviceStatus& status = device.status;
  std::string text = fmt::format("interface: {}\n", device.name);
  if (status.private_key)
    text += fmt::format("  public key: {}\n", status.private_key->public_key().to_base64());
  text += fmt::format("  listening port: {}\n", status.listen_port);
  if (status.fwmark != 0) text += fmt::format("  fwmark: {:#x}\n", status.fwmark);
  for (const PeerStatus& peer : status.peers) text += show_peer(peer, now);
  if (!status.drops.empty()) text += "\ndropped:\n";
  for (const DropStatus& drop : status.drops)
    text += fmt::format("  {} {}\n", drop.count, drop.reason);
  return text;
}

std::string in_words(std::chrono::seconds duration) {
  struct Unit {
    std::string_view name;
    std::int64_t seconds;
  };
  constexpr std::array units{Unit{"day", 86400}, Unit{"hour", 3600}, Unit{"minute", 60},
                             Unit{"second", 1}};
  std::vector<std::string> parts;
  std::int64_t left = duration.count();
  for (const Unit& unit : units) {
    const std::int64_t count = left / unit.seconds;
    left %= unit.seconds;
    if (count > 0) parts.push_back(fmt::format("{} {}{}", count, unit.name, count == 1 ? "" : "s"));
  }
  return parts.empty() ? "0 seconds" : fmt::format("{}", fmt::join(parts, ", "));
}

std::string bytes_in_words(std::uint64_t bytes) {
  constexpr std::array units{"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
  auto amount = static_cast<double>(bytes);
  std::size_t unit = 0;
  for (; amount >= 1024; ++unit) amount /= 1024;
  return unit == 0 ? fmt::format("{} B", bytes) : fmt::format("{:.2f} {}", amount, units[unit]);
}

}  // namespace culvert::control
