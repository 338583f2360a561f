// PlainTunnel, chapter 05: each packet from the TUN device becomes one UDP datagram, and the other way round.
// Nothing is encrypted and nobody is authenticated: chapters 07 and 08 say what that costs.
#pragma once

#include "base/endpoint.hpp"
#include "tunnel/drop_reason.hpp"
#include "tunnel/engine.hpp"

namespace culvert::tunnel {

struct Traffic {
  std::uint64_t packets = 0;
  std::uint64_t bytes = 0;  // of inner packets
  void add(std::size_t size) {
    ++packets;
    bytes += size;
  }
};

class PlainTunnel final : public Engine {
 public:
  /// How often the side that knows its peer says hello: home routers forget a silent UDP flow after 30 s or more.
  static constexpr auto hello_every = std::chrono::seconds{20};

  /// The client's side: the peer is given, and hellos go to it from `now` on.
  static PlainTunnel to_peer(const Endpoint& peer, Instant now) { return PlainTunnel{peer, now}; }
  /// The server's side: the peer is whoever sent the last good message, wherever it has moved to.
  static PlainTunnel listening() { return PlainTunnel{std::nullopt, std::nullopt}; }

  void on_tun_packet(Instant now, PacketBuffer& packet, Outbox& out) override;
  void on_datagram(Instant now, const Arrival& arrival, PacketBuffer& datagram,
                   Outbox& out) override;
  void on_too_big(Instant now, std::size_t path_mtu, Bytes datagram, Outbox& out) override;
  void on_deadline(Instant now, Outbox& out) override;
  std::optional<Instant> next_deadline() const override { return next_hello_; }

  const std::optional<Endpoint>& peer() const { return peer_; }
  const Traffic& outbound() const { return outbound_; }
  const Traffic& inbound() const { return inbound_; }
  const DropCounts& drops() const { return drops_; }

 private:
  PlainTunnel(std::optional<Endpoint> peer, std::optional<Instant> next_hello)
      : peer_(peer), peer_is_given_(peer.has_value()), next_hello_(next_hello) {}

  std::optional<Endpoint> peer_;
  bool peer_is_given_;
  std::optional<Instant> next_hello_;
  Traffic outbound_;
  Traffic inbound_;
  DropCounts drops_;
  std::array<std::uint8_t, 1280> answer_;  // an ICMP error, which the Outbox shows
};

}  // namespace culvert::tunnel
