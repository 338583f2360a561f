#include "inspect/line_writer.hpp"

namespace culvert::inspect {

void LineWriter::icmp(std::size_t index) {
  protocol("ICMP");
  const LayerAt& at = packet_.layers()[index];
  const auto icmp = packet_.view<wire::IcmpView>(at);
  if (!icmp) return;
  out_ += ' ';
  if (icmp->is_echo()) {
    out_ += icmp_type_name(icmp->type());
    number(", id ", icmp->identifier());
    number(", seq ", icmp->sequence());
  } else if (icmp->type() == wire::icmp::destination_unreachable) {
    icmp_unreachable(*icmp);
  } else if (icmp->type() == wire::icmp::time_exceeded) {
    out_ += icmp->code() == 0 ? "time exceeded in-transit" : "ip reassembly time exceeded";
  } else {
    out_ += icmp_type_name(icmp->type());
    if (icmp->code() != 0) number(", code ", icmp->code());
  }
  length(at.length);
  bad_checksum(index, "icmp");
}

/// "192.0.2.1 udp port 33434 unreachable": what could not be reached stands in the quoted packet.
void LineWriter::icmp_unreachable(const wire::IcmpView& icmp) {
  const auto quoted = wire::Ipv4View::parse_header(icmp.payload());
  if (!quoted) {
    number("destination unreachable, code ", icmp.code());
    return;
  }
  switch (icmp.code()) {
    case 0:
      out_ += "net ";
      address(quoted->destination());
      out_ += " unreachable";
      break;
    case 1:
      out_ += "host ";
      address(quoted->destination());
      out_ += " unreachable";
      break;
    case 2:
      address(quoted->destination());
      number(" protocol ", static_cast<unsigned>(quoted->protocol()));
      out_ += " unreachable";
      break;
    case wire::icmp::code_port_unreachable:
      address(quoted->destination());
      quoted_port(icmp.payload());
      out_ += " unreachable";
      break;
    case wire::icmp::code_fragmentation_needed:
      address(quoted->destination());
      number(" unreachable - need to frag (mtu ", icmp.next_hop_mtu());
      out_ += ")";
      break;
    case 13:
      out_ += "host ";
      address(quoted->destination());
      out_ += " unreachable - admin prohibited filter";
      break;
    default:
      address(quoted->destination());
      number(" unreachable, code ", icmp.code());
  }
}

/// " udp port 53" of the packet that an ICMP error quotes.
void LineWriter::quoted_port(Bytes quoted) {
  const Packet inner = Packet::walk(quoted, wire::LinkType::raw_ip, 0xffff);
  for (const LayerAt& at : inner.layers()) {
    const Bytes bytes = inner.bytes_of(at);
    if ((at.layer != Layer::udp && at.layer != Layer::tcp) || bytes.size() < 4) continue;
    out_ += at.layer == Layer::udp ? " udp port " : " tcp port ";
    port(at.layer, load_be16(bytes.subspan<2, 2>()));
    return;
  }
}

void LineWriter::icmpv6(std::size_t index) {
  protocol("ICMP6");
  const LayerAt& at = packet_.layers()[index];
  const auto icmp = packet_.view<wire::Icmpv6View>(at);
  if (!icmp) return;
  namespace types = wire::icmpv6;
  out_ += ", ";
  out_ += icmpv6_type_name(icmp->type());
  switch (icmp->type()) {
    case types::echo_request:
    case types::echo_reply:
      number(", id ", icmp->identifier());
      number(", seq ", icmp->sequence());
      break;
    case types::packet_too_big:
      number(", mtu ", icmp->mtu());
      break;
    case types::destination_unreachable:
      if (icmp->code() == 4) {
        out_ += ", unreachable port,";
        if (const auto quoted = wire::Ipv6View::parse_header(icmp->payload())) {
          out_ += ' ';
          address(quoted->destination());
        }
        quoted_port(icmp->payload());
      } else {
        number(", code ", icmp->code());
      }
      break;
    case types::neighbor_solicitation:
    case types::neighbor_advertisement:
      if (icmp->payload().size() >= 16) {
        out_ += icmp->type() == types::neighbor_solicitation ? ", who has " : ", tgt is ";
        address(Ipv6Address{icmp->payload().first<16>()});
      }
      break;
    default:
      if (icmp->code() != 0) number(", code ", icmp->code());
  }
  length(at.length);
  bad_checksum(index, "icmp6");
}

}  // namespace culvert::inspect
