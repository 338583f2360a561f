#include "tunnel/tunnel.hpp"

namespace culvert::tunnel {

void Tunnel::set_private_key(const std::optional<crypto::PrivateKey>& key) {
  if (key && identity_ && identity_->private_key == *key) return;
  identity_.reset();
  cookie_checker_.reset();
  for (auto& peer : peers_)
    if (peer) forget_sessions(*peer);
  if (!key) return;
  identity_.emplace(*key);
  cookie_checker_.emplace(identity_->public_key);
  remove_peer(identity_->public_key);
}

std::optional<crypto::PublicKey> Tunnel::public_key() const {
  if (!identity_) return std::nullopt;
  return identity_->public_key;
}

bool Tunnel::add_peer(const crypto::PublicKey& key) {
  if (has_peer(key) || key == public_key()) return false;
  auto slot = static_cast<std::uint32_t>(peers_.size());
  if (unused_slots_.empty()) {
    peers_.emplace_back();
  } else {
    slot = unused_slots_.back();
    unused_slots_.pop_back();
  }
  peers_[slot].emplace(key, slot);
  slots_[key] = slot;
  deadlines_.add(slot, peers_[slot]->deadline);
  return true;
}

bool Tunnel::remove_peer(const crypto::PublicKey& key) {
  Peer* peer = find(key);
  if (peer == nullptr) return false;
  clear_allowed_ips(key);
  forget_sessions(*peer);
  const std::uint32_t slot = peer->slot;
  deadlines_.remove(slot, peer->deadline);
  slots_.erase(peer->record->key);
  unused_slots_.push_back(slot);
  peers_[slot].reset();
  return true;
}

void Tunnel::remove_all_peers() {
  for (const PeerStatus& peer : peers()) remove_peer(peer.settings.key);
}

bool Tunnel::set_peer(const PeerSettings& settings) {
  if (!has_peer(settings.key) && !add_peer(settings.key)) return false;
  set_preshared_key(settings.key, settings.preshared_key);
  if (settings.endpoint) set_endpoint(settings.key, *settings.endpoint);
  set_persistent_keepalive(settings.key, settings.persistent_keepalive);
  clear_allowed_ips(settings.key);
  for (const Prefix& prefix : settings.allowed_ips) add_allowed_ip(settings.key, prefix);
  return true;
}

bool Tunnel::set_preshared_key(const crypto::PublicKey& key,
                               const crypto::PresharedKey& preshared_key) {
  Peer* peer = find(key);
  if (peer != nullptr) peer->record->preshared_key = preshared_key;
  return peer != nullptr;
}

bool Tunnel::set_endpoint(const crypto::PublicKey& key, const Endpoint& endpoint) {
  Peer* peer = find(key);
  if (peer == nullptr) return false;
  if (peer->endpoint != endpoint) peer->local_end.reset();
  peer->endpoint = endpoint;
  return true;
}

bool Tunnel::set_persistent_keepalive(const crypto::PublicKey& key, std::chrono::seconds every) {
  Peer* peer = find(key);
  if (peer == nullptr) return false;
  const bool begins = every.count() > 0 && every != peer->keepalive_every;
  peer->keepalive_every = every;
  if (begins) peer->timers.persistent_keepalive = Instant{};  // long ago: at once
  if (every.count() == 0) peer->timers.persistent_keepalive = Timers::never;
  reschedule(*peer);
  return true;
}

bool Tunnel::add_allowed_ip(const crypto::PublicKey& key, const Prefix& prefix) {
  Peer* peer = find(key);
  if (peer == nullptr) return false;
  if (const auto before = allowed_ips_.insert(prefix, peer->slot))
    peers_[*before]->record->allowed_ips.erase(prefix);
  peer->record->allowed_ips.insert(prefix);
  return true;
}

bool Tunnel::remove_allowed_ip(const crypto::PublicKey& key, const Prefix& prefix) {
  Peer* peer = find(key);
  if (peer == nullptr) return false;
  if (peer->record->allowed_ips.erase(prefix) > 0) allowed_ips_.remove(prefix);
  return true;
}

bool Tunnel::clear_allowed_ips(const crypto::PublicKey& key) {
  Peer* peer = find(key);
  if (peer == nullptr) return false;
  for (const Prefix& prefix : peer->record->allowed_ips) allowed_ips_.remove(prefix);
  peer->record->allowed_ips.clear();
  return true;
}

void Tunnel::forget_local_ends(const IsGone& is_gone) {
  for (auto& peer : peers_) {
    if (peer && peer->endpoint && peer->local_end && is_gone(*peer->endpoint, *peer->local_end))
      peer->local_end.reset();
  }
}

std::vector<PeerStatus> Tunnel::peers() const {
  std::vector<PeerStatus> all;
  for (const auto& peer : peers_)
    if (peer) all.push_back(status_of(*peer));
  return all;
}

PeerStatus Tunnel::status_of(const Peer& peer) const {
  return {{peer.record->key,
           peer.record->preshared_key,
           peer.endpoint,
           {peer.record->allowed_ips.begin(), peer.record->allowed_ips.end()},
           peer.keepalive_every},
          peer.record->last_handshake,
          peer.received,
          peer.sent,
          peer.record->drops};
}

Peer* Tunnel::find(const crypto::PublicKey& key) {
  const auto at = slots_.find(key);
  return at == slots_.end() ? nullptr : &*peers_[at->second];
}

}  // namespace culvert::tunnel
