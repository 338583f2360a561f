#include "inspect/line_writer.hpp"
#include "wire/verify.hpp"

namespace culvert::inspect {

namespace {

bool is_extension(Layer layer) {
  return layer == Layer::ipv6_hop_by_hop || layer == Layer::ipv6_routing ||
         layer == Layer::ipv6_destination || layer == Layer::ipv6_fragment;
}

}  // namespace

/// "10.0.0.1.40000 > 192.0.2.80.80: ": ports follow addresses, as in tcpdump.
void LineWriter::addresses(const IpAddress& source, const IpAddress& destination,
                           std::size_t index) {
  std::size_t next = index + 1;
  while (next < packet_.layers().size() && is_extension(packet_.layers()[next].layer)) ++next;
  std::optional<std::pair<std::uint16_t, std::uint16_t>> ports;
  Layer transport{};
  if (next < packet_.layers().size()) {
    const LayerAt& at = packet_.layers()[next];
    const Bytes bytes = packet_.bytes_of(at);
    if ((at.layer == Layer::udp || at.layer == Layer::tcp) && bytes.size() >= 4) {
      ports = {load_be16(bytes.first<2>()), load_be16(bytes.subspan<2, 2>())};
      transport = at.layer;
    }
  }
  if (options_.sequences != nullptr && ports) direction_ = {source, destination, {}, {}};
  const auto host = [&](const IpAddress& who, bool first) {
    address(who);
    if (!ports) return;
    out_ += '.';
    port(transport, first ? ports->first : ports->second);
  };
  host(source, true);
  out_ += " > ";
  host(destination, false);
  out_ += ": ";
}

void LineWriter::ipv4_details(const wire::Ipv4View& ip, std::size_t index) {
  out_ += "(tos ";
  append_hex(out_, ip.dscp() << 2 | ip.ecn(), 1);
  number(", ttl ", ip.ttl());
  number(", id ", ip.identification());
  number(", offset ", ip.fragment_offset());
  out_ += ", flags [";
  out_ += ip.dont_fragment() ? (ip.more_fragments() ? "+, DF" : "DF")
                             : (ip.more_fragments() ? "+" : "none");
  out_ += "], proto ";
  out_ += protocol_name(ip.protocol());
  number(" (", static_cast<unsigned>(ip.protocol()));
  out_ += ")";
  length(ip.total_length());
  const auto verdict = verify_checksum(packet_, index);
  if (verdict.status == wire::ChecksumStatus::bad) {
    out_ += ", bad cksum ";
    append_hex(out_, verdict.found, 4);
    out_ += " (->";
    append_hex(out_, verdict.expected, 4);
    out_ += "!)";
  }
  out_ += ")\n    ";
}

void LineWriter::ipv4(std::size_t index) {
  protocol("IP");
  out_ += ' ';
  const auto ip = packet_.view<wire::Ipv4View>(packet_.layers()[index]);
  if (!ip) return;
  if (options_.verbosity > 0) ipv4_details(*ip, index);
  addresses(ip->source(), ip->destination(), index);
  if (ip->fragment_offset() != 0) {
    out_ += protocol_name(ip->protocol());
    number(", fragment at ", ip->fragment_offset());
    length(packet_.layers()[index].length - ip->header_length());
    return;
  }
  const bool known =
      index + 1 < packet_.layers().size() && packet_.layers()[index + 1].layer != Layer::payload;
  if (known) return layer(index + 1);
  out_ += protocol_name(ip->protocol());
  number(" ", packet_.layers()[index].length - ip->header_length());
}

void LineWriter::ipv6_details(const wire::Ipv6View& ip) {
  out_ += "(";
  if (ip.traffic_class() != 0) {
    out_ += "class ";
    append_hex(out_, ip.traffic_class(), 2);
    out_ += ", ";
  }
  if (ip.flow_label() != 0) {
    out_ += "flowlabel ";
    append_hex(out_, ip.flow_label(), 5);
    out_ += ", ";
  }
  number("hlim ", ip.hop_limit());
  out_ += ", next-header ";
  out_ += protocol_name(ip.next_header());
  number(" (", static_cast<unsigned>(ip.next_header()));
  number(") payload length: ", ip.payload_length());
  out_ += ") ";
}

void LineWriter::ipv6(std::size_t index) {
  protocol("IP6");
  out_ += ' ';
  const auto ip = packet_.view<wire::Ipv6View>(packet_.layers()[index]);
  if (!ip) return;
  if (options_.verbosity > 0) ipv6_details(*ip);
  addresses(ip->source(), ip->destination(), index);
  const bool known =
      index + 1 < packet_.layers().size() && packet_.layers()[index + 1].layer != Layer::payload;
  if (known) return layer(index + 1);
  out_ += protocol_name(ip->next_header());
  number(" ", packet_.layers()[index].length - ip->header_length());
}

void LineWriter::ipv6_fragment(const LayerAt& at) {
  const auto fragment = packet_.view<wire::Ipv6FragmentView>(at);
  if (!fragment) return;
  number("frag (", fragment->fragment_offset());
  number("|", at.length - at.header_length);
  out_ += ") ";
  const auto index = static_cast<std::size_t>(&at - packet_.layers().data());
  if (fragment->fragment_offset() == 0) return layer(index + 1);
  out_ += protocol_name(fragment->next_header());
}

}  // namespace culvert::inspect
