#include "inspect/names.hpp"

#include <fmt/format.h>

#include "inspect/text.hpp"
#include "wire/icmp.hpp"

namespace culvert::inspect {

using wire::EtherType;
using wire::Layer;
using wire::Protocol;

std::string_view title(Layer layer) {
  switch (layer) {
    case Layer::ethernet: return "Ethernet";
    case Layer::vlan: return "802.1Q";
    case Layer::llc: return "LLC";
    case Layer::linux_cooked: return "Linux cooked";
    case Layer::linux_cooked_2: return "Linux cooked v2";
    case Layer::loopback: return "Loopback";
    case Layer::arp: return "ARP";
    case Layer::ipv4: return "IPv4";
    case Layer::ipv6: return "IPv6";
    case Layer::ipv6_hop_by_hop: return "IPv6 hop-by-hop options";
    case Layer::ipv6_routing: return "IPv6 routing";
    case Layer::ipv6_destination: return "IPv6 destination options";
    case Layer::ipv6_fragment: return "IPv6 fragment";
    case Layer::ah: return "AH";
    case Layer::esp: return "ESP";
    case Layer::icmp: return "ICMP";
    case Layer::icmpv6: return "ICMPv6";
    case Layer::udp: return "UDP";
    case Layer::tcp: return "TCP";
    case Layer::gre: return "GRE";
    case Layer::vxlan: return "VXLAN";
    case Layer::dns: return "DNS";
    case Layer::wireguard: return "WireGuard";
    case Layer::tunnel_message: return "Culvert";
    case Layer::payload: return "Payload";
  }
  return "?";
}

std::string_view key(Layer layer) {
  switch (layer) {
    case Layer::ethernet: return "ethernet";
    case Layer::vlan: return "vlan";
    case Layer::llc: return "llc";
    case Layer::linux_cooked: return "sll";
    case Layer::linux_cooked_2: return "sll2";
    case Layer::loopback: return "null";
    case Layer::arp: return "arp";
    case Layer::ipv4: return "ipv4";
    case Layer::ipv6: return "ipv6";
    case Layer::ipv6_hop_by_hop: return "ipv6_hopopts";
    case Layer::ipv6_routing: return "ipv6_routing";
    case Layer::ipv6_destination: return "ipv6_dstopts";
    case Layer::ipv6_fragment: return "ipv6_fragment";
    case Layer::ah: return "ah";
    case Layer::esp: return "esp";
    case Layer::icmp: return "icmp";
    case Layer::icmpv6: return "icmpv6";
    case Layer::udp: return "udp";
    case Layer::tcp: return "tcp";
    case Layer::gre: return "gre";
    case Layer::vxlan: return "vxlan";
    case Layer::dns: return "dns";
    case Layer::wireguard: return "wireguard";
    case Layer::tunnel_message: return "culvert";
    case Layer::payload: return "payload";
  }
  return "?";
}

std::string protocol_name(Protocol protocol) {
  switch (protocol) {
    case Protocol::hop_by_hop: return "Options";
    case Protocol::icmp: return "ICMP";
    case Protocol::ipv4: return "IPIP";
    case Protocol::tcp: return "TCP";
    case Protocol::udp: return "UDP";
    case Protocol::ipv6: return "IPv6";
    case Protocol::routing: return "Routing";
    case Protocol::fragment: return "Fragment";
    case Protocol::gre: return "GRE";
    case Protocol::esp: return "ESP";
    case Protocol::ah: return "AH";
    case Protocol::icmpv6: return "ICMPv6";
    case Protocol::no_next_header: return "none";
    case Protocol::destination_options: return "Destination options";
  }
  return fmt::format("ip-proto-{}", static_cast<unsigned>(protocol));
}

std::string_view ether_type_name(std::uint16_t ether_type) {
  switch (EtherType{ether_type}) {
    case EtherType::ipv4: return "IPv4";
    case EtherType::arp: return "ARP";
    case EtherType::rarp: return "Reverse ARP";
    case EtherType::vlan: return "802.1Q";
    case EtherType::ipv6: return "IPv6";
    case EtherType::service_vlan: return "802.1Q-QinQ";
    case EtherType::old_service_vlan: return "802.1Q-9100";
  }
  return "Unknown";
}

std::string dns_type_name(std::uint16_t type) {
  namespace dns = wire::dns_type;
  switch (type) {
    case dns::a: return "A";
    case dns::ns: return "NS";
    case dns::cname: return "CNAME";
    case dns::soa: return "SOA";
    case dns::ptr: return "PTR";
    case dns::mx: return "MX";
    case dns::txt: return "TXT";
    case dns::aaaa: return "AAAA";
    case dns::srv: return "SRV";
    case dns::https: return "HTTPS";
    case dns::any: return "ANY";
    default: return fmt::format("Type{}", type);
  }
}

std::string icmp_type_name(std::uint8_t type) {
  namespace icmp = wire::icmp;
  switch (type) {
    case icmp::echo_reply: return "echo reply";
    case icmp::destination_unreachable: return "destination unreachable";
    case icmp::source_quench: return "source quench";
    case icmp::redirect: return "redirect";
    case icmp::echo_request: return "echo request";
    case icmp::time_exceeded: return "time exceeded";
    case icmp::parameter_problem: return "parameter problem";
    default: return fmt::format("type-#{}", type);
  }
}

std::string icmpv6_type_name(std::uint8_t type) {
  namespace icmpv6 = wire::icmpv6;
  switch (type) {
    case icmpv6::destination_unreachable: return "destination unreachable";
    case icmpv6::packet_too_big: return "packet too big";
    case icmpv6::time_exceeded: return "time exceeded";
    case icmpv6::parameter_problem: return "parameter problem";
    case icmpv6::echo_request: return "echo request";
    case icmpv6::echo_reply: return "echo reply";
    case icmpv6::router_solicitation: return "router solicitation";
    case icmpv6::router_advertisement: return "router advertisement";
    case icmpv6::neighbor_solicitation: return "neighbor solicitation";
    case icmpv6::neighbor_advertisement: return "neighbor advertisement";
    default: return fmt::format("type-#{}", type);
  }
}

void append(std::string& out, const wire::DnsName& name) {
  bool root = true;
  name.for_each_label([&](Bytes label) {
    root = false;
    for (const std::uint8_t byte : label) {
      const bool printable = byte > 0x20 && byte < 0x7f;
      if (printable && byte != '"' && byte != '.' && byte != '\\') {
        out += static_cast<char>(byte);
      } else {
        out += '\\';
        append_padded(out, byte, 3);
      }
    }
    out += '.';
  });
  if (root) out += '.';
}

}  // namespace culvert::inspect
