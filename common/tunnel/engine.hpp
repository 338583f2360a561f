// Engine: the face of every tunnel of the course, from the plain one of chapter 05 on. Sans-IO: no socket, clock or
// thread; time and bytes come in as arguments, bytes go out through the Outbox. shell/event_loop.hpp runs it.
#pragma once

#include <optional>

#include "base/packet_buffer.hpp"
#include "base/time.hpp"
#include "tunnel/outbox.hpp"

namespace culvert::tunnel {

class Engine {
 public:
  virtual ~Engine() = default;

  /// Outbound: the kernel routed `packet` into the TUN device. It is wrapped in place.
  virtual void on_tun_packet(Instant now, PacketBuffer& packet, Outbox& out) = 0;
  /// Inbound: `datagram` came from the network. It is unwrapped in place.
  virtual void on_datagram(Instant now, const Endpoint& from, PacketBuffer& datagram,
                           Outbox& out) = 0;
  /// `datagram`, which came out of this engine, did not fit into a path of `path_mtu` bytes and was not sent.
  virtual void on_too_big(Instant now, std::size_t path_mtu, Bytes datagram, Outbox& out) = 0;
  virtual void on_deadline(Instant now, Outbox& out) = 0;
  virtual std::optional<Instant> next_deadline() const = 0;
};

}  // namespace culvert::tunnel
