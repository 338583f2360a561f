// What a configuration file does to the machine, as wg-quick(8) does it: addresses, MTU, routes of AllowedIPs, DNS, hooks.
//
// All traffic: the routes stand in a table of their own, and a rule leads into it whatever does not carry the mark that our
// own datagrams carry. So the tunnel's datagrams go beside the tunnel whoever the peer is and wherever it moves to; chapter
// 06's two half routes know one server only.
#pragma once

#include "control/config_file.hpp"
#include "shell/gateway_plan.hpp"
#include "shell/interface_plan.hpp"

namespace culvert::shell {

/// The way into the tunnel for one of a peer's networks.
struct VpnFacts {
  InterfaceFacts interface;
  std::size_t link_mtu = 1500;               // of the link that leads to the peers
  std::uint32_t mark = 0;                    // of our own datagrams; 0: none
  std::string source_valid_mark = "0";       // net.ipv4.conf.all.src_valid_mark now
  std::optional<std::string> resolv_conf{};  // the text of /etc/resolv.conf now
};

/// Whether a configuration routes all traffic of a family, which takes a mark.
bool takes_everything(const control::ConfigFile& config);

/// The number that a default route's table and mark get if the file names none, as with wg-quick.
constexpr std::uint32_t default_mark = 51820;

Plan vpn_plan(const control::ConfigFile& config, const VpnFacts& facts);

/// The networks of the addresses in the file: what a server gives out to its clients.
std::vector<Prefix> pool(const control::ConfigFile& config);

}  // namespace culvert::shell
