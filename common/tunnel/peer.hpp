// Peer: everything that a tunnel knows of one other host. Without a session it is small: a server has thousands of them.
#pragma once

#include <memory>
#include <set>

#include "base/endpoint.hpp"
#include "base/fetch.hpp"
#include "base/prefix.hpp"
#include "noise/cookie.hpp"
#include "noise/initiator.hpp"
#include "tunnel/session.hpp"
#include "tunnel/timers.hpp"

namespace culvert::tunnel {

/// What somebody configured. The endpoint moves with the peer.
struct PeerSettings {
  crypto::PublicKey key;
  crypto::PresharedKey preshared_key = crypto::PresharedKey::none();
  std::optional<Endpoint> endpoint{};
  std::vector<Prefix> allowed_ips{};
  std::chrono::seconds persistent_keepalive{0};  // 0: none
};

struct PeerStatus {
  PeerSettings settings;
  std::optional<WallTime> last_handshake;
  std::uint64_t received;  // bytes of genuine messages
  std::uint64_t sent;
  DropCounts drops;
};

/// The sessions of one peer. A new one replaces the current one at once for who asked for it; who answered waits until the
/// other side has used it, and so proved that it got the answer. Late packets still find the previous one.
struct Sessions {
  std::optional<Session> current;
  std::optional<Session> previous;
  std::optional<Session> next;

  /// Null if none of them has that name.
  Session* find(std::uint32_t index) {
    for (auto* session : {&current, &previous, &next})
      if (*session && (*session)->local_index() == index) return &**session;
    return nullptr;
  }
  /// One of those three. Nearly always it is the current one, and the others, further away, are not asked.
  bool is_next(const Session& session) const {
    const bool is_current = current && &*current == &session;
    return !is_current && next && &*next == &session;
  }
};

/// What no data packet asks a peer for: who it is, how its handshakes stand, and what came to nothing.
struct PeerRecord {
  explicit PeerRecord(const crypto::PublicKey& public_key) : key(public_key), cookies(public_key) {}

  static constexpr std::size_t max_waiting = 128;

  crypto::PublicKey key;
  crypto::PresharedKey preshared_key = crypto::PresharedKey::none();
  std::set<Prefix> allowed_ips;
  std::optional<noise::AwaitingResponse> awaiting;
  std::optional<Instant> handshake_sent;      // an initiation or a response
  std::optional<Instant> initiation_arrived;  // the last one that was answered
  noise::CookieKeeper cookies;
  noise::TimestampGuard timestamps;
  std::vector<std::vector<std::uint8_t>>
      waiting;  // packets, laid out as data messages, for the next session

  std::optional<WallTime> last_handshake;
  DropCounts drops;
};

/// What every packet needs lies side by side, from the beginning of a line of memory on, and peers lie close together: with
/// thousands of them each line, and where each page is, has to be fetched from afar.
struct alignas(64) Peer {
  Peer(const crypto::PublicKey& key, std::uint32_t place)
      : slot(place), record(std::make_unique<PeerRecord>(key)) {}

  bool can_send(Instant now) const { return sessions.current && sessions.current->can_send(now); }

  /// A packet from it or to it comes soon.
  void expect() const {
    const auto* end = reinterpret_cast<const char*>(&sessions.previous);
    fetch(this, static_cast<std::size_t>(end - reinterpret_cast<const char*>(this)));
  }

  std::uint32_t slot;                 // its name in AllowedIps and Deadlines
  bool asked_in_last_minute = false;  // this session's successor was asked for by a mere receiver
  std::uint64_t received = 0;
  std::uint64_t sent = 0;
  std::optional<Endpoint> endpoint;
  std::optional<LocalEnd> local_end;
  std::chrono::seconds keepalive_every{0};
  Timers timers;
  IpAddress inside;                  // where its last packet came from: a guess at the next one
  Instant deadline = Timers::never;  // as Deadlines knows it
  Sessions sessions;
  std::unique_ptr<PeerRecord> record;
};

}  // namespace culvert::tunnel
