// Tunnel: WireGuard, from end to end. Sans-IO: no socket, no clock, no thread, no log; see engine.hpp.
//
//   TUN --on_tun_packet--> whose is it? --> session? --seal--> UDP     outbound.cpp
//   TUN <-- may it come from there? <--open-- which session? <-- UDP   inbound.cpp
//   who are you, and shall we have a new session?                      handshakes.cpp
#pragma once

#include <functional>
#include <unordered_map>

#include "base/wall_clock.hpp"
#include "noise/key_log.hpp"
#include "tunnel/allowed_ips.hpp"
#include "tunnel/deadlines.hpp"
#include "tunnel/engine.hpp"
#include "tunnel/inner_packet.hpp"
#include "tunnel/load_meter.hpp"
#include "tunnel/number_map.hpp"
#include "tunnel/peer.hpp"
#include "tunnel/rate_limiter.hpp"

namespace culvert::tunnel {

class Tunnel final : public Engine {
 public:
  Tunnel(Random& random, WallClock& wall_clock) : random_(random), wall_clock_(wall_clock) {}

  // Settings. What they make due at once is due at next_deadline(), which then lies in the past. Functions with a key say
  // false if there is no such peer.

  /// Another key ends all sessions, and removes a peer with our own public key; none makes us deaf.
  void set_private_key(const std::optional<crypto::PrivateKey>& key);
  std::optional<crypto::PublicKey> public_key() const;

  /// False if it is there already, or is ourselves.
  bool add_peer(const crypto::PublicKey& key);
  bool remove_peer(const crypto::PublicKey& key);
  void remove_all_peers();
  bool has_peer(const crypto::PublicKey& key) const { return slots_.contains(key); }
  /// All of it at once; whatever is not in `settings` goes.
  bool set_peer(const PeerSettings& settings);

  bool set_preshared_key(const crypto::PublicKey& peer, const crypto::PresharedKey& key);
  bool set_endpoint(const crypto::PublicKey& peer, const Endpoint& endpoint);
  bool set_persistent_keepalive(const crypto::PublicKey& peer, std::chrono::seconds every);
  /// A prefix belongs to one peer: it leaves the one that had it.
  bool add_allowed_ip(const crypto::PublicKey& peer, const Prefix& prefix);
  bool remove_allowed_ip(const crypto::PublicKey& peer, const Prefix& prefix);
  bool clear_allowed_ips(const crypto::PublicKey& peer);

  /// Of the TUN device: padding never makes a packet larger than that.
  void set_mtu(std::size_t mtu) { mtu_ = mtu; }
  /// More handshake messages in a second than that are "under load": senders have to prove their addresses.
  void set_handshake_limit(unsigned per_second) { load_.set_limit(per_second); }
  void set_key_log(std::function<void(const noise::KeyLogRecord&)> key_log) {
    key_log_ = std::move(key_log);
  }

  // What there is to see.
  std::vector<PeerStatus> peers() const;
  const DropCounts& drops() const { return drops_; }

  // The engine.
  void on_tun_packet(Instant now, PacketBuffer& packet, Outbox& out) override;
  void on_datagram(Instant now, const Arrival& arrival, PacketBuffer& datagram,
                   Outbox& out) override;
  std::optional<CipherJob> to_open(Instant now, MutableBytes datagram) override;
  void expect_tun_packets(std::span<const Bytes> packets) override;
  void expect_datagrams(std::span<const Bytes> datagrams) override;
  void on_too_big(Instant now, std::size_t path_mtu, Bytes datagram, Outbox& out) override;
  void on_deadline(Instant now, Outbox& out) override;
  std::optional<Instant> next_deadline() const override;
  void forget_local_ends(const IsGone& is_gone) override;

 private:
  friend struct TunnelProbe;  // of tests

  // settings.cpp
  Peer* find(const crypto::PublicKey& key);
  void forget_sessions(Peer& peer);
  PeerStatus status_of(const Peer& peer) const;

  // outbound.cpp
  void send_data(Instant now, Peer& peer, MutableBytes message, Ecn ecn, Outbox& out);
  void send_waiting(Instant now, Peer& peer, Outbox& out);
  void send_keepalive(Instant now, Peer& peer, Outbox& out);
  void let_wait(Peer& peer, Bytes packet);
  void send(Instant now, Peer& peer, Bytes message, std::uint8_t traffic_class, Outbox& out);

  // inbound.cpp
  void on_data(Instant now, const Arrival& arrival, PacketBuffer& datagram, Outbox& out);
  void deliver(Peer& peer, const Arrival& arrival, PacketBuffer& packet, Outbox& out);
  void on_received(Instant now, Peer& peer, const Arrival& arrival, std::size_t size);

  // handshakes.cpp
  bool may_shake_hands(Instant now, const Arrival& arrival, Bytes message, Outbox& out);
  void on_initiation(Instant now, const Arrival& arrival, const noise::Initiation& message,
                     Outbox& out);
  void on_response(Instant now, const Arrival& arrival, const noise::Response& message,
                   Outbox& out);
  void on_cookie_reply(Instant now, const noise::CookieReply& message);
  void ask_for_session(Instant now, Peer& peer, Outbox& out);
  void send_initiation(Instant now, Peer& peer, Outbox& out);
  void send_handshake(Instant now, Peer& peer, MutableBytes message, Outbox& out);
  void confirm_next(Instant now, Peer& peer, Outbox& out);
  void on_session_confirmed(Peer& peer);
  void drop_session(std::optional<Session>& session);
  void stop_awaiting(Peer& peer);
  std::uint32_t new_index();
  Peer* owner_of(std::uint32_t index);
  void log_keys(const Peer& peer, const crypto::PrivateKey& ephemeral) const;

  // alarm.cpp
  void act_on_timers(Instant now, Peer& peer, Outbox& out);
  void give_up(Instant now, Peer& peer);
  void reschedule(Peer& peer);
  void move_deadline(Peer& peer);

  void drop(DropReason reason) { drops_.add(reason); }
  void drop(Peer& peer, DropReason reason) {
    peer.record->drops.add(reason);
    drops_.add(reason);
  }

  /// Indices are drawn by chance: any of their bits are as good as others.
  struct HashIndex {
    std::uint64_t operator()(std::uint32_t index) const { return std::uint64_t{index} << 32; }
  };

  Random& random_;
  WallClock& wall_clock_;
  std::function<void(const noise::KeyLogRecord&)> key_log_;
  std::size_t mtu_ = 1420;

  std::optional<crypto::KeyPair> identity_;
  std::optional<noise::CookieChecker> cookie_checker_;
  LoadMeter load_{1000};
  RateLimiter sources_;
  WallTime last_timestamp_{};

  std::vector<std::optional<Peer>> peers_;  // by slot
  std::vector<std::uint32_t> unused_slots_;
  std::unordered_map<crypto::PublicKey, std::uint32_t> slots_;
  NumberMap<std::uint32_t, HashIndex> slot_of_index_;  // of sessions and of handshakes
  AllowedIps allowed_ips_;
  Deadlines deadlines_;
  DropCounts drops_;
};

}  // namespace culvert::tunnel
