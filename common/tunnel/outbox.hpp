// Outbox: what an engine wants to have sent. It holds views of packets that lie in the caller's buffers, or in bytes that it
// keeps itself: send them before those buffers are used again, and before clear().
#pragma once

#include <optional>
#include <vector>

#include "base/endpoint.hpp"
#include "tunnel/cipher_job.hpp"

namespace culvert::tunnel {

struct OutboundDatagram {
  Endpoint to;
  Bytes bytes;
  bool may_fragment = false;       // on its way, if it is too big for a link
  std::uint8_t traffic_class = 0;  // DSCP and ECN of the outer header: RFC 2474, RFC 3168
  std::optional<LocalEnd>
      from{};  // where the peer expects us; if that is gone, any address will do
};

struct Outbox {
  std::vector<OutboundDatagram> datagrams;  // for the UDP socket
  std::vector<Bytes> packets;               // for the TUN device
  std::vector<std::vector<std::uint8_t>> kept;

  /// With `sealed_by_owner` the engine leaves to who owns the outbox what has to be done to `datagrams` before they go.
  bool sealed_by_owner = false;
  std::vector<CipherJob> to_seal;

  /// Gives bytes that lie in no packet buffer, such as a handshake message, a place to stay until clear().
  MutableBytes keep(std::vector<std::uint8_t> bytes) { return kept.emplace_back(std::move(bytes)); }
  MutableBytes keep_copy(Bytes bytes) { return keep({bytes.begin(), bytes.end()}); }

  void clear() {
    datagrams.clear();
    packets.clear();
    kept.clear();
    to_seal.clear();
  }
};

}  // namespace culvert::tunnel
