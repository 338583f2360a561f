// Outbox: what an engine wants to have sent. It holds views of packets that lie in the caller's buffers: send them
// before those buffers are used again.
#pragma once

#include <vector>

#include "base/endpoint.hpp"

namespace culvert::tunnel {

struct OutboundDatagram {
  Endpoint to;
  Bytes bytes;
  bool may_fragment = false;  // on its way, if it is too big for a link
};

struct Outbox {
  std::vector<OutboundDatagram> datagrams;  // for the UDP socket
  std::vector<Bytes> packets;               // for the TUN device

  void clear() {
    datagrams.clear();
    packets.clear();
  }
};

}  // namespace culvert::tunnel
