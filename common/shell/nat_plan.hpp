// The ways into chapter 04's middle-box: one TUN device is both of its sides, so packets from inside and answers to the
// outside address are routed into it, and what comes out of it is forwarded like anything from a wire.
#pragma once

#include "base/prefix.hpp"
#include "shell/change.hpp"

namespace culvert::shell {

struct NatFacts {
  std::string tunnel;               // the interface's name
  bool tunnel_outlives_us = false;  // then its routes do not go away with it
  std::string uplink;               // the interface that leads outside
  IpAddress own_address;            // of the uplink
  Prefix inside;
  Ipv4Address outside;            // on the uplink's network, and nobody's there
  std::string forwards_v4 = "0";  // net.ipv4.ip_forward now
};

Plan nat_plan(const NatFacts& facts);

}  // namespace culvert::shell
