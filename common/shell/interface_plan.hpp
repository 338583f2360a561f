// The tunnel's interface: what `ip addr add` and `ip link set ... up` do to it, with the MTU that
// leaves room for the tunnel's own headers.
#pragma once

#include "base/prefix.hpp"
#include "io/network_namespace.hpp"
#include "shell/change.hpp"

namespace culvert::shell {

struct InterfaceFacts {
  std::string name;
  io::InterfaceState now;
  bool outlives_us = false;  // made with `ip tuntap add`: then its settings have to be undone
  bool has_ipv6 = true;      // the kernel lets this interface have IPv6 addresses
};

struct InterfaceGoal {
  std::vector<InterfaceAddress> addresses;
  std::size_t mtu = 0;
};

/// Addresses that the interface has already are left alone, also at the end.
Plan interface_plan(const InterfaceFacts& facts, const InterfaceGoal& goal);

}  // namespace culvert::shell
