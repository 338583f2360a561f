// The server's side: it forwards what comes out of the tunnel, in its own name (masquerade), and
// shrinks TCP's segments to the tunnel's MTU, for the sites that never hear "fragmentation needed".
#pragma once

#include "base/prefix.hpp"
#include "shell/change.hpp"

namespace culvert::shell {

struct GatewayFacts {
  std::string tunnel;             // the interface's name
  std::vector<Prefix> inside;     // the tunnel's networks
  std::string forwards_v4 = "0";  // net.ipv4.ip_forward now
  std::string forwards_v6 = "0";  // net.ipv6.conf.all.forwarding now; empty: no IPv6
};

Plan gateway_plan(const GatewayFacts& facts);

}  // namespace culvert::shell
