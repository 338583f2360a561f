// Reaches into a Tunnel for what a test cannot wait for.
#pragma once

#include "tunnel/tunnel.hpp"

namespace culvert::tunnel {

struct TunnelProbe {
  /// As if `peer`'s current session had sent that many packets.
  static void skip_to(Tunnel& tunnel, const crypto::PublicKey& peer, std::uint64_t counter) {
    tunnel.find(peer)->sessions.current->skip_to(counter);
  }
  static const Peer& peer(Tunnel& tunnel, const crypto::PublicKey& key) {
    return *tunnel.find(key);
  }
};

}  // namespace culvert::tunnel
