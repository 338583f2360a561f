// SealedTunnel, chapter 07: the tunnel of chapter 05 with a seal around each packet. Who does not have the key can neither
// read nor change nor repeat a packet, nor take the peer's place.
#pragma once

#include "tunnel/engine.hpp"
#include "tunnel/packet_seal.hpp"
#include "tunnel/plain_tunnel.hpp"

namespace culvert::tunnel {

class SealedTunnel final : public Engine {
 public:
  /// The client's side, as in PlainTunnel.
  static SealedTunnel to_peer(const Endpoint& peer, Instant now, PacketSeal seal) {
    return SealedTunnel{peer, now, std::move(seal)};
  }
  /// The server's side: the peer is whoever sent the last packet with our key, wherever it has moved to.
  static SealedTunnel listening(PacketSeal seal) {
    return SealedTunnel{std::nullopt, std::nullopt, std::move(seal)};
  }

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
  SealedTunnel(std::optional<Endpoint> peer, std::optional<Instant> next_hello, PacketSeal seal)
      : seal_(std::move(seal)), peer_(peer), next_hello_(next_hello) {}

  PacketSeal seal_;
  std::optional<Endpoint> peer_;
  std::optional<Instant> next_hello_;
  Traffic outbound_;
  Traffic inbound_;
  DropCounts drops_;
};

}  // namespace culvert::tunnel
