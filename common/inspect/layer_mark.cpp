#include "inspect/layer_mark.hpp"

namespace culvert::inspect {

using wire::Layer;

char letter(Layer layer) {
  switch (layer) {
    case Layer::ethernet:
      return 'e';
    case Layer::vlan:
      return 'v';
    case Layer::llc:
    case Layer::linux_cooked:
    case Layer::linux_cooked_2:
    case Layer::loopback:
      return 'l';
    case Layer::arp:
      return 'a';
    case Layer::ipv4:
    case Layer::ipv6:
      return 'i';
    case Layer::ipv6_hop_by_hop:
    case Layer::ipv6_routing:
    case Layer::ipv6_destination:
    case Layer::ipv6_fragment:
      return 'x';
    case Layer::ah:
    case Layer::esp:
      return 's';
    case Layer::icmp:
    case Layer::icmpv6:
      return 'c';
    case Layer::udp:
      return 'u';
    case Layer::tcp:
      return 't';
    case Layer::gre:
    case Layer::vxlan:
    case Layer::tunnel_message:
      return 'g';
    case Layer::wireguard:
      return 'w';
    case Layer::dns:
      return 'n';
    case Layer::payload:
      return 'd';
  }
  return '?';
}

std::string_view layer_colour(Layer layer) {
  switch (letter(layer)) {
    case 'e':
    case 'v':
    case 'l':
    case 'a':
      return "\033[33m";
    case 'i':
    case 'x':
      return "\033[36m";
    case 'c':
    case 'u':
    case 't':
      return "\033[32m";
    case 'g':
    case 's':
    case 'w':
      return "\033[35m";
    case 'n':
      return "\033[34m";
    default:
      return "\033[2m";
  }
}

}  // namespace culvert::inspect
