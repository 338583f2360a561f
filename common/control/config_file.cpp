#include "control/config_file.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace culvert::control {
namespace {

/// A line of a file, if there is something to say.
template <class Values>
std::string list_line(std::string_view key, const Values& values) {
  std::vector<std::string> texts;
  for (const auto& value : values) texts.push_back(to_string(value));
  return texts.empty() ? "" : fmt::format("{} = {}\n", key, fmt::join(texts, ", "));
}

std::string lines(std::string_view key, const std::vector<std::string>& values) {
  std::string text;
  for (const std::string& value : values) text += fmt::format("{} = {}\n", key, value);
  return text;
}

std::string to_string(const HostAndPort& endpoint) {
  const bool v6 = endpoint.host.find(':') != std::string::npos;
  return fmt::format("{}{}{}:{}", v6 ? "[" : "", endpoint.host, v6 ? "]" : "", endpoint.port);
}

std::string table_line(const RouteTable& table) {
  if (table.choice == RouteTable::Choice::automatic) return "";
  if (table.choice == RouteTable::Choice::off) return "Table = off\n";
  return fmt::format("Table = {}\n", table.number);
}

std::string section_text(const InterfaceSection& section) {
  std::string text = "[Interface]\n";
  if (section.private_key)
    text += fmt::format("PrivateKey = {}\n", section.private_key->to_base64());
  if (section.listen_port) text += fmt::format("ListenPort = {}\n", *section.listen_port);
  if (section.fwmark) text += fmt::format("FwMark = {}\n", *section.fwmark);
  text += list_line("Address", section.addresses);
  text += list_line("DNS", section.name_servers);
  text += lines("DNS", section.search_domains);
  if (section.mtu) text += fmt::format("MTU = {}\n", *section.mtu);
  text += table_line(section.table);
  text += lines("PreUp", section.hooks.pre_up) + lines("PostUp", section.hooks.post_up);
  text += lines("PreDown", section.hooks.pre_down) + lines("PostDown", section.hooks.post_down);
  return text;
}

std::string section_text(const PeerSection& peer) {
  std::string text = fmt::format("\n[Peer]\nPublicKey = {}\n", peer.key.to_base64());
  if (peer.preshared_key)
    text += fmt::format("PresharedKey = {}\n", peer.preshared_key->to_base64());
  if (peer.endpoint) text += fmt::format("Endpoint = {}\n", to_string(*peer.endpoint));
  text += list_line("AllowedIPs", peer.allowed_ips);
  if (peer.persistent_keepalive)
    text += fmt::format("PersistentKeepalive = {}\n", peer.persistent_keepalive->count());
  return text;
}

PeerChange to_change(const PeerSection& peer) {
  PeerChange change{peer.key};
  change.preshared_key = peer.preshared_key.value_or(crypto::PresharedKey::none());
  change.persistent_keepalive = peer.persistent_keepalive.value_or(std::chrono::seconds{0});
  change.replace_allowed_ips = true;
  for (const Prefix& prefix : peer.allowed_ips) change.allowed_ips.push_back({prefix});
  return change;
}

}  // namespace

std::string one_line(const ConfigError& error, std::string_view file) {
  return fmt::format("{}:{}: {}: expected {}, found {}", file, error.line, error.key,
                     error.expected, error.found);
}

std::string write_config(const ConfigFile& config) {
  std::string text = section_text(config.interface);
  for (const PeerSection& peer : config.peers) text += section_text(peer);
  return text;
}

DeviceChange to_change(const ConfigFile& config) {
  DeviceChange change;
  change.private_key = config.interface.private_key;
  change.listen_port = config.interface.listen_port.value_or(0);
  change.fwmark = config.interface.fwmark.value_or(0);
  change.replace_peers = true;
  for (const PeerSection& peer : config.peers) change.peers.push_back(to_change(peer));
  return change;
}

}  // namespace culvert::control
