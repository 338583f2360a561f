// What a plan has to know about the machine before it can say what to change.
#pragma once

#include "io/tun_device.hpp"
#include "shell/gateway_plan.hpp"
#include "shell/interface_plan.hpp"
#include "shell/nat_plan.hpp"
#include "shell/route_plan.hpp"
#include "shell/vpn_plan.hpp"

namespace culvert::shell {

InterfaceFacts interface_facts(const io::TunDevice& tun);

/// Asks `ip route`, and prints the questions; throws if no route leads to the server.
RouteFacts route_facts(const IpAddress& server, const InterfaceFacts& tunnel);

GatewayFacts gateway_facts(const std::string& tunnel, std::vector<Prefix> inside);

/// Throws if the uplink has no IPv4 address.
NatFacts nat_facts(const io::TunDevice& tun, const std::string& uplink, const Prefix& inside,
                   Ipv4Address outside);

/// `mark` is that of our own datagrams, which go to `peers`.
VpnFacts vpn_facts(const io::TunDevice& tun, const std::vector<Endpoint>& peers,
                   std::uint32_t mark);

/// A number from default_mark on that no routing table has yet.
std::uint32_t free_mark();

/// Of an earlier run, perhaps one that was killed; `tunnel` asks for the one of that interface only.
bool kill_switch_is_set(const std::string& tunnel = {});

}  // namespace culvert::shell
