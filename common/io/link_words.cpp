#include "io/link_words.hpp"

#include <array>

namespace culvert::io {
namespace {

constexpr std::uint16_t ethernet = 1;  // ARPHRD_ETHER

struct Kind {
  std::string_view name;  // as in `ip link add type NAME`
  std::string_view sentence;
};

constexpr std::array kinds{
    Kind{"bridge",
         "bridge: a switch made of software; docker0 is one, with the containers plugged into it"},
    Kind{"veth", "veth: one end of a virtual cable; what goes in here comes out at the other end"},
    Kind{"wireguard",
         "WireGuard: a VPN inside the kernel; packets go in clear and leave encrypted"},
    Kind{"vlan",
         "VLAN: one of several separate networks on the same cable, told apart by a number"},
    Kind{"bond", "bond: several cables used as one"},
    Kind{"dummy", "dummy: takes every packet and drops it; good for holding an address"},
    Kind{"ifb", "ifb: a side track on which incoming packets can be queued"},
    Kind{"vxlan", "VXLAN: Ethernet frames inside UDP, to other machines"},
    Kind{"macvlan", "macvlan: a second MAC address on a card below it"},
    Kind{"vrf", "VRF: interfaces with routing tables of their own"},
    Kind{"ipip", "IPIP: IPv4 packets inside IPv4 packets, without any secret"},
    Kind{"sit", "SIT: IPv6 packets inside IPv4 packets"},
    Kind{"gre", "GRE: packets inside IPv4 packets with a small header between"},
};

}  // namespace

// [tag: sentence_on]
std::string_view sentence_on(const Link& link) {
  if (link.is_loopback()) return "loopback: this machine talks to itself; nothing leaves it";
  if (link.kind == "tun" && link.tun_mode == TunMode::tap) {
    return "TAP: Ethernet frames come out at a program instead of a cable (layer 2)";
  }
  if (link.kind == "tun") {
    return "TUN: IP packets come out at a program instead of a cable (layer 3); VPNs are made of "
           "it";
  }
  for (const Kind& kind : kinds) {
    if (kind.name == link.kind) return kind.sentence;
  }
  if (link.kind.empty() && link.type == ethernet) {
    return "Ethernet: a network card, or what a virtual machine takes for one; names like ens5 or "
           "eth0";
  }
  return "a kind that this chapter does not know";
}
// [end: sentence_on]

}  // namespace culvert::io
