// Everything goes into the tunnel, and the tunnel itself does not.
//
//   0.0.0.0/1 + 128.0.0.0/1    two halves are all of IPv4, and each is longer than the default
//   ::/1 + 8000::/1            route's /0: they win without touching it, and it is there again
//                              when they are gone
//   SERVER/32 via the gateway  longer still: the datagrams to the server take the old way, or each
//                              would be wrapped into the next for ever
#pragma once

#include <optional>

#include "shell/change.hpp"
#include "shell/next_hop.hpp"

namespace culvert::shell {

enum class Ipv6Fate {
  through_tunnel,
  refused,  // the tunnel may not have it, but others do: it would go on beside the tunnel, in clear
  absent,   // the machine has none
};

struct RouteFacts {
  IpAddress server;
  NextHop way_to_server;            // as it is before the tunnel
  bool server_has_route = false;    // of its own, /32 or /128: then it needs no other
  std::string tunnel;               // the interface's name
  bool tunnel_outlives_us = false;  // then its routes do not go away with it
  Ipv6Fate ipv6 = Ipv6Fate::through_tunnel;
};

Plan route_plan(const RouteFacts& facts);

}  // namespace culvert::shell
