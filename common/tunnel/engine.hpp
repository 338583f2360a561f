// Engine: the face of every tunnel of the course, from the plain one of chapter 05 on. Sans-IO: no socket, clock or
// thread; time and bytes come in as arguments, bytes go out through the Outbox. shell/event_loop.hpp runs it.
#pragma once

#include <functional>
#include <optional>
#include <span>

#include "base/packet_buffer.hpp"
#include "base/time.hpp"
#include "tunnel/outbox.hpp"

namespace culvert::tunnel {

/// What is known of a datagram beside its bytes.
struct Arrival {
  Arrival(const Endpoint& sender) : from(sender) {}

  Endpoint from;
  std::optional<LocalEnd> at;      // where it reached us, if the socket tells
  std::uint8_t traffic_class = 0;  // of its outer header: routers mark congestion there
  std::optional<bool> is_genuine;  // if it was opened before it came here, as to_open() said
};

/// Whether our end of the way to a peer is of no use any more.
using IsGone = std::function<bool(const Endpoint& to, const LocalEnd& at)>;

class Engine {
 public:
  virtual ~Engine() = default;

  /// Outbound: the kernel routed `packet` into the TUN device. It is wrapped in place.
  virtual void on_tun_packet(Instant now, PacketBuffer& packet, Outbox& out) = 0;
  /// Inbound: `datagram` came from the network. It is unwrapped in place.
  virtual void on_datagram(Instant now, const Arrival& arrival, PacketBuffer& datagram,
                           Outbox& out) = 0;
  /// What it takes to open a datagram that is about to come, for who wants to do that for a whole batch before the first one is
  /// handed over. None if there is nothing to open, or the engine will do it.
  virtual std::optional<CipherJob> to_open(Instant, MutableBytes) { return std::nullopt; }
  /// `datagram`, which came out of this engine, did not fit into a path of `path_mtu` bytes and was not sent.
  virtual void on_too_big(Instant now, std::size_t path_mtu, Bytes datagram, Outbox& out) = 0;
  virtual void on_deadline(Instant now, Outbox& out) = 0;
  virtual std::optional<Instant> next_deadline() const = 0;
  /// This machine's addresses or routes have changed: where `is_gone` says so, the kernel chooses anew where to send from.
  virtual void forget_local_ends(const IsGone&) {}

  /// These come next, for who has read many. It changes nothing; but what is known of their peers, and lies far away if there are
  /// thousands, is then on its way here while others get their turn. At most max_expected at a time (asserted).
  virtual void expect_tun_packets(std::span<const Bytes>) {}
  virtual void expect_datagrams(std::span<const Bytes>) {}
  static constexpr std::size_t max_expected = 16;
};

}  // namespace culvert::tunnel
