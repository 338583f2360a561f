#include "wire/walk.hpp"

namespace culvert::wire {

void Walk::blame(const ParseError& error, LayerAt& at) {
  at.fault = error.fault;
  if (packet_.error_) return;
  packet_.error_ = error;
  packet_.error_layer_ = count() - 1;
}

Layer Walk::stop(const ParseError& error) {
  const bool cut = error.fault == Fault::truncated && captured_.size() < end_;
  LayerAt& at = note(error.layer, here().size());
  at.cut = cut;
  blame(error, at);
  return Layer::payload;
}

Layer Walk::step(Layer layer) {
  // The last place in the list is kept for the payload.
  if (count() + 1 >= Packet::max_layers) {
    return stop(ParseError{layer, Fault::too_deep, {"header", 0}, Packet::max_layers, count()});
  }
  switch (layer) {
    case Layer::ethernet:
      return ethernet();
    case Layer::vlan:
      return vlan();
    case Layer::llc:
      return llc();
    case Layer::linux_cooked:
      return linux_cooked();
    case Layer::linux_cooked_2:
      return linux_cooked_2();
    case Layer::loopback:
      return loopback();
    case Layer::arp:
      return arp();
    case Layer::ipv4:
      return ipv4();
    case Layer::ipv6:
      return ipv6();
    case Layer::ipv6_hop_by_hop:
    case Layer::ipv6_routing:
    case Layer::ipv6_destination:
      return ipv6_extension(layer);
    case Layer::ipv6_fragment:
      return ipv6_fragment();
    case Layer::ah:
      return ah();
    case Layer::esp:
      return esp();
    case Layer::gre:
      return gre();
    case Layer::icmp:
      return icmp();
    case Layer::icmpv6:
      return icmpv6();
    case Layer::udp:
      return udp();
    case Layer::tcp:
      return tcp();
    case Layer::vxlan:
      return vxlan();
    case Layer::dns:
      return dns();
    case Layer::wireguard:
      return wireguard();
    case Layer::tunnel_message:
      return tunnel_message();
    case Layer::payload:
      break;
  }
  return Layer::payload;
}

}  // namespace culvert::wire
