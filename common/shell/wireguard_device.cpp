#include "shell/wireguard_device.hpp"

namespace culvert::shell {
namespace {

control::PeerStatus to_status(const tunnel::PeerStatus& peer) {
  control::PeerStatus status{peer.settings.key};
  status.preshared_key = peer.settings.preshared_key;
  status.endpoint = peer.settings.endpoint;
  status.last_handshake = peer.last_handshake;
  status.received_bytes = peer.received;
  status.sent_bytes = peer.sent;
  status.persistent_keepalive = peer.settings.persistent_keepalive;
  status.allowed_ips = peer.settings.allowed_ips;
  return status;
}

}  // namespace

std::errc WireguardDevice::apply(const control::DeviceChange& change) {
  try {
    move_socket(change.listen_port.value_or(socket_.local().port), change.fwmark.value_or(mark_));
  } catch (const std::system_error& error) {
    return static_cast<std::errc>(error.code().value());
  }
  if (change.remove_private_key) private_key_.reset();
  if (change.private_key) private_key_ = change.private_key;
  tunnel_.set_private_key(private_key_);
  if (change.replace_peers) tunnel_.remove_all_peers();
  for (const control::PeerChange& peer : change.peers) apply(peer);
  return {};
}

/// The new port is taken before the old one is given up.
void WireguardDevice::move_socket(std::uint16_t port, std::uint32_t mark) {
  if (port != socket_.local().port) {
    io::UdpSocket fresh = io::UdpSocket::listen(port);
    if (mark != 0) fresh.set_mark(mark);
    socket_.become(std::move(fresh));
  } else if (mark != mark_) {
    socket_.set_mark(mark);
  }
  mark_ = mark;
}

void WireguardDevice::apply(const control::PeerChange& change) {
  const crypto::PublicKey& key = change.key;
  if (change.remove) {
    tunnel_.remove_peer(key);
    return;
  }
  if (!tunnel_.has_peer(key) && (change.update_only || !tunnel_.add_peer(key))) return;
  if (change.preshared_key) tunnel_.set_preshared_key(key, *change.preshared_key);
  if (change.endpoint) tunnel_.set_endpoint(key, *change.endpoint);
  if (change.replace_allowed_ips) tunnel_.clear_allowed_ips(key);
  for (const control::AllowedIpChange& allowed : change.allowed_ips) {
    if (allowed.remove)
      tunnel_.remove_allowed_ip(key, allowed.prefix);
    else
      tunnel_.add_allowed_ip(key, allowed.prefix);
  }
  // Last: what it makes due at once may need an endpoint.
  if (change.persistent_keepalive)
    tunnel_.set_persistent_keepalive(key, *change.persistent_keepalive);
}

control::DeviceStatus WireguardDevice::status() const {
  control::DeviceStatus status;
  status.private_key = private_key_;
  status.listen_port = socket_.local().port;
  status.fwmark = mark_;
  for (const tunnel::PeerStatus& peer : tunnel_.peers()) status.peers.push_back(to_status(peer));
  for (const tunnel::DropReason reason : tunnel::all_drop_reasons) {
    const std::uint64_t count = tunnel_.drops()[reason];
    if (count > 0) status.drops.push_back({std::string{to_words(reason)}, count});
  }
  return status;
}

std::string WireguardDevice::answer(std::string_view text) {
  const auto request = control::parse_request(text);
  if (!request) return control::write_errno(request.error().code);
  if (const auto* question = std::get_if<control::GetRequest>(&*request))
    return control::write_status(status(), *question);
  return control::write_errno(apply(std::get<control::DeviceChange>(*request)));
}

}  // namespace culvert::shell
