#include "inspect/one_line.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "inspect/dns_text.hpp"
#include "inspect/names.hpp"
#include "wire/arp.hpp"
#include "wire/dns.hpp"
#include "wire/ethernet.hpp"
#include "wire/icmp.hpp"
#include "wire/ipv4.hpp"
#include "wire/ipv6.hpp"
#include "wire/tcp.hpp"
#include "wire/tunnel_message.hpp"
#include "wire/udp.hpp"
#include "wire/verify.hpp"

namespace culvert::inspect {

using wire::Layer;
using wire::LayerAt;
using wire::Packet;
using wire::Protocol;

namespace {

constexpr std::uint16_t http_port = 80;

/// Writes one packet: each member writes one layer and goes on to the next.
class LineWriter {
 public:
  LineWriter(std::string& out, const Packet& packet, const LineOptions& options)
      : out_(out), packet_(packet), options_(options) {}

  void write() {
    if (options_.link_header) link();
    layer(first_after_link());
    complain();
  }

 private:
  void link();
  void layer(std::size_t index);
  void arp(const LayerAt& at);
  void ipv4(std::size_t index);
  void ipv4_details(const wire::Ipv4View& ip, std::size_t index);
  void ipv6(std::size_t index);
  void ipv6_details(const wire::Ipv6View& ip);
  void ipv6_fragment(const LayerAt& at);
  void addresses(const IpAddress& source, const IpAddress& destination, std::size_t index);
  void icmp(std::size_t index);
  void icmp_unreachable(const wire::IcmpView& icmp);
  void icmpv6(std::size_t index);
  void quoted_port(Bytes quoted);
  void udp(std::size_t index);
  void tcp(std::size_t index);
  void tcp_options(const wire::TcpView& tcp, std::uint32_t sack_offset);
  void http(Bytes payload);
  TcpOffsets offsets(const wire::TcpView& tcp);
  void dns(const LayerAt& at);
  void dns_query(const wire::DnsView& dns);
  void dns_response(const wire::DnsView& dns);
  void question(const wire::DnsQuestion& question);
  void bad_checksum(std::size_t index, std::string_view what);
  void complain();

  std::size_t first_after_link() const;
  void protocol(std::string_view name) {
    out_ += options_.palette.protocol;
    out_ += name;
    out_ += options_.palette.reset;
  }
  void address(const IpAddress& address) {
    out_ += options_.palette.address;
    append(out_, address);
    out_ += options_.palette.reset;
  }
  void number(std::string_view name, std::uint64_t value) {
    out_ += name;
    append_decimal(out_, value);
  }
  void length(std::size_t value) { number(", length ", value); }

  std::string& out_;
  const Packet& packet_;
  const LineOptions& options_;
  TcpDirection direction_;  // of the innermost IP header so far
};

bool is_link(Layer layer) {
  return layer == Layer::ethernet || layer == Layer::vlan || layer == Layer::linux_cooked ||
         layer == Layer::linux_cooked_2 || layer == Layer::loopback;
}

bool is_extension(Layer layer) {
  return layer == Layer::ipv6_hop_by_hop || layer == Layer::ipv6_routing ||
         layer == Layer::ipv6_destination || layer == Layer::ipv6_fragment;
}

std::size_t LineWriter::first_after_link() const {
  const auto layers = packet_.layers();
  const auto at = std::find_if(layers.begin(), layers.end(),
                               [](const LayerAt& l) { return !is_link(l.layer); });
  return static_cast<std::size_t>(at - layers.begin());
}

void LineWriter::link() {
  const auto ethernet = packet_.get<wire::EthernetView>();
  if (!ethernet) return;
  append(out_, ethernet->source());
  out_ += " > ";
  append(out_, ethernet->destination());
  if (ethernet->ether_type() > 1500) {
    out_ += ", ethertype ";
    out_ += ether_type_name(ethernet->ether_type());
    out_ += " (";
    append_hex(out_, ethernet->ether_type(), 4);
    out_ += ")";
  } else {
    out_ += ", 802.3";
  }
  length(packet_.wire_length());
  out_ += ": ";
  if (const auto vlan = packet_.get<wire::VlanView>()) {
    number("vlan ", vlan->vlan_id());
    number(", p ", vlan->priority());
    out_ += ", ethertype ";
    out_ += ether_type_name(vlan->ether_type());
    out_ += ", ";
  }
}

void LineWriter::layer(std::size_t index) {
  if (index >= packet_.layers().size()) {
    number("length ", packet_.wire_length());
    return;
  }
  const LayerAt& at = packet_.layers()[index];
  switch (at.layer) {
    case Layer::arp:
      return arp(at);
    case Layer::ipv4:
      return ipv4(index);
    case Layer::ipv6:
      return ipv6(index);
    case Layer::icmp:
      return icmp(index);
    case Layer::icmpv6:
      return icmpv6(index);
    case Layer::udp:
      return udp(index);
    case Layer::tcp:
      return tcp(index);
    case Layer::ipv6_fragment:
      return ipv6_fragment(at);
    case Layer::ipv6_hop_by_hop:
    case Layer::ipv6_routing:
    case Layer::ipv6_destination:
      return layer(index + 1);
    default:
      break;
  }
  if (const auto ethernet = packet_.get<wire::EthernetView>();
      ethernet && index == first_after_link()) {
    out_ += "ethertype ";
    out_ += ether_type_name(ethernet->ether_type());
    out_ += " (";
    append_hex(out_, ethernet->ether_type(), 4);
    out_ += "), ";
  }
  number("length ", at.length);
}

void LineWriter::arp(const LayerAt& at) {
  protocol("ARP");
  const auto arp = packet_.view<wire::ArpView>(at);
  if (!arp) return;
  const auto ip = [&](Bytes bytes) { address(Ipv4Address{bytes.first<4>()}); };
  if (!arp->is_ipv4_over_ethernet()) {
    number(", operation ", arp->operation());
  } else if (arp->operation() == wire::ArpView::request) {
    out_ += ", Request who-has ";
    ip(arp->target_protocol());
    out_ += " tell ";
    ip(arp->sender_protocol());
  } else if (arp->operation() == wire::ArpView::reply) {
    out_ += ", Reply ";
    ip(arp->sender_protocol());
    out_ += " is-at ";
    append(out_, MacAddress{arp->sender_hardware().first<6>()});
  } else {
    number(", operation ", arp->operation());
  }
  length(packet_.bytes_of(at).size());
}

/// "10.0.0.1.40000 > 192.0.2.80.80: ": ports follow addresses, as in tcpdump.
void LineWriter::addresses(const IpAddress& source, const IpAddress& destination,
                           std::size_t index) {
  std::size_t next = index + 1;
  while (next < packet_.layers().size() && is_extension(packet_.layers()[next].layer)) ++next;
  std::optional<std::pair<unsigned, unsigned>> ports;
  if (next < packet_.layers().size()) {
    const LayerAt& at = packet_.layers()[next];
    const Bytes bytes = packet_.bytes_of(at);
    if ((at.layer == Layer::udp || at.layer == Layer::tcp) && bytes.size() >= 4) {
      ports = {load_be16(bytes.first<2>()), load_be16(bytes.subspan<2, 2>())};
    }
  }
  if (options_.sequences != nullptr && ports) direction_ = {source, destination, {}, {}};
  address(source);
  if (ports) number(".", ports->first);
  out_ += " > ";
  address(destination);
  if (ports) number(".", ports->second);
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
    out_ += at.layer == Layer::udp ? " udp" : " tcp";
    number(" port ", load_be16(bytes.subspan<2, 2>()));
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

void LineWriter::udp(std::size_t index) {
  const LayerAt& at = packet_.layers()[index];
  const auto udp = packet_.view<wire::UdpView>(at);
  if (!udp) {
    protocol("UDP");
    return;
  }
  if (options_.verbosity > 0) bad_checksum(index, "udp");
  if (!options_.quiet && index + 1 < packet_.layers().size() &&
      packet_.layers()[index + 1].layer == Layer::dns) {
    return dns(packet_.layers()[index + 1]);
  }
  if (index + 1 < packet_.layers().size() &&
      packet_.layers()[index + 1].layer == Layer::tunnel_message) {
    protocol("Culvert");
    const bool hello = packet_.layers()[index + 1].length == wire::tunnel_header_size;
    out_ += hello ? ", hello" : ", in clear: ";
    return hello ? void() : layer(index + 2);
  }
  protocol("UDP");
  // What the header says, even if it lies; a jumbogram says nothing.
  length((udp->length() != 0 ? udp->length() : at.length) - at.header_length);
}

void LineWriter::tcp(std::size_t index) {
  const LayerAt& at = packet_.layers()[index];
  const auto tcp = packet_.view<wire::TcpView>(at);
  if (!tcp) {
    protocol("TCP");
    return;
  }
  if (options_.quiet) {
    protocol("tcp");
    number(" ", at.length - at.header_length);
    return;
  }
  using View = wire::TcpView;
  struct Letter {
    unsigned flag;
    char letter;
  };
  constexpr std::array<Letter, 9> letters{{{View::fin, 'F'},
                                           {View::syn, 'S'},
                                           {View::rst, 'R'},
                                           {View::psh, 'P'},
                                           {View::ack, '.'},
                                           {View::urg, 'U'},
                                           {View::ece, 'E'},
                                           {View::cwr, 'W'},
                                           {View::ae, 'e'}}};
  protocol("Flags");
  out_ += " [";
  for (const auto& [flag, letter] : letters) {
    if (tcp->has(flag)) out_ += letter;
  }
  if (tcp->flags() == 0) out_ += "none";
  out_ += "]";
  if (options_.verbosity > 0) bad_checksum(index, "tcp");

  const std::uint32_t data = at.length - at.header_length;
  const TcpOffsets from = offsets(*tcp);
  const std::uint32_t sequence = tcp->sequence() - from.sequence;
  if (data > 0 || tcp->has(View::syn | View::fin | View::rst)) {
    number(", seq ", sequence);
    if (data > 0) number(":", sequence + data);
  }
  if (tcp->has(View::ack)) number(", ack ", tcp->acknowledgment() - from.acknowledgment);
  number(", win ", tcp->window());
  if (tcp->has(View::urg)) number(", urg ", tcp->urgent_pointer());
  tcp_options(*tcp, from.acknowledgment);
  length(data);
  const bool web = tcp->source_port() == http_port || tcp->destination_port() == http_port;
  if (web && !packet_.body_of(at).empty()) http(packet_.body_of(at));
}

TcpOffsets LineWriter::offsets(const wire::TcpView& tcp) {
  if (options_.sequences == nullptr || !tcp.has(wire::TcpView::ack)) return {};
  direction_.source_port = tcp.source_port();
  direction_.destination_port = tcp.destination_port();
  return options_.sequences->on_segment(direction_, tcp.sequence(), tcp.acknowledgment(),
                                        tcp.has(wire::TcpView::syn));
}

void LineWriter::tcp_options(const wire::TcpView& tcp, std::uint32_t sack_offset) {
  namespace kind = wire::tcp_option;
  auto options = tcp.options();
  bool first = true;
  while (const auto option = options.next()) {
    out_ += first ? ", options [" : ",";
    first = false;
    const Bytes data = option->data;
    if (option->kind == wire::Option::end_of_list) {
      out_ += "eol";
    } else if (option->kind == wire::Option::no_operation) {
      out_ += "nop";
    } else if (option->kind == kind::max_segment_size && data.size() == 2) {
      number("mss ", load_be16(data.first<2>()));
    } else if (option->kind == kind::window_scale && data.size() == 1) {
      number("wscale ", data[0]);
    } else if (option->kind == kind::sack_permitted) {
      out_ += "sackOK";
    } else if (option->kind == kind::timestamps && data.size() == 8) {
      number("TS val ", load_be32(data.first<4>()));
      number(" ecr ", load_be32(data.last<4>()));
    } else if (option->kind == kind::sack && data.size() % 8 == 0) {
      number("sack ", data.size() / 8);
      for (std::size_t i = 0; i < data.size(); i += 8) {
        number(i == 0 ? " {" : "{", load_be32(data.subspan(i).first<4>()) - sack_offset);
        number(":", load_be32(data.subspan(i + 4).first<4>()) - sack_offset);
        out_ += "}";
      }
    } else {
      number("unknown-", option->kind);
      if (!data.empty()) out_ += " 0x" + to_hex(data);
    }
  }
  if (options.damaged()) out_ += first ? ", options [bad opt" : ",bad opt";
  if (!first || options.damaged()) out_ += "]";
}

/// The first line of an HTTP message, which is where a request says what it wants.
void LineWriter::http(Bytes payload) {
  out_ += ": HTTP";
  const auto line_end = std::find(payload.begin(), payload.end(), '\r');
  const Bytes line{payload.begin(), line_end};
  constexpr std::array<std::string_view, 8> starts{"GET ",    "HEAD ",    "POST ",    "PUT ",
                                                   "DELETE ", "CONNECT ", "OPTIONS ", "HTTP/"};
  const bool known = std::any_of(starts.begin(), starts.end(), [&](std::string_view start) {
    return line.size() >= start.size() && std::equal(start.begin(), start.end(), line.begin());
  });
  if (!known) return;
  out_ += ": ";
  append_printable(out_, line);
}

void LineWriter::dns(const LayerAt& at) {
  const auto dns = packet_.view<wire::DnsView>(at);
  if (!dns) {
    out_ += "DNS";
    return;
  }
  append_decimal(out_, dns->id());
  if (dns->is_response())
    dns_response(*dns);
  else
    dns_query(*dns);
  number(" (", at.length);
  out_ += ")";
}

void LineWriter::question(const wire::DnsQuestion& question) {
  out_ += ' ';
  out_ += dns_type_name(question.type);
  out_ += "? ";
  append(out_, question.name);
}

void LineWriter::dns_query(const wire::DnsView& dns) {
  if (dns.recursion_desired()) out_ += '+';
  const auto unusual = [&](unsigned count, unsigned usual, std::string_view unit) {
    if (count == usual) return;
    number(" [", count);
    out_ += unit;
    out_ += ']';
  };
  unusual(dns.question_count(), 1, "q");
  unusual(dns.answer_count(), 0, "a");
  unusual(dns.name_server_count(), 0, "n");
  unusual(dns.additional_count(), 0, "au");
  wire::DnsQuestions questions{dns};
  while (const auto each = questions.next()) question(*each);
}

/// The question only with -vv: it stands in the line of the query. Names of records only with -v, their life with -vvv.
void LineWriter::dns_response(const wire::DnsView& dns) {
  if (dns.rcode() == 3) out_ += " NXDomain";
  if (dns.rcode() != 0 && dns.rcode() != 3) number(" rcode-", dns.rcode());
  if (dns.authoritative()) out_ += "*";
  if (!dns.recursion_available()) out_ += "-";
  if (dns.truncated()) out_ += "|";
  if (options_.verbosity > 1) {
    out_ += " q:";
    wire::DnsQuestions questions{dns};
    while (const auto each = questions.next()) question(*each);
  }
  number(" ", dns.answer_count());
  number("/", dns.name_server_count());
  number("/", dns.additional_count());
  wire::DnsRecords records{dns};
  for (unsigned i = 0; i < dns.answer_count(); ++i) {
    const auto record = records.next();
    if (!record) break;
    out_ += i == 0 ? " " : ", ";
    if (options_.verbosity > 0) {
      append(out_, record->name);
      out_ += ' ';
    }
    if (options_.verbosity > 2) {
      number("[", record->ttl);
      out_ += "s] ";
    }
    out_ += dns_type_name(record->type);
    out_ += ' ';
    append_record_data(out_, dns.message(), *record);
    if (out_.back() == ' ') out_.pop_back();
  }
}

void LineWriter::bad_checksum(std::size_t index, std::string_view what) {
  const auto verdict = verify_checksum(packet_, index);
  if (verdict.status != wire::ChecksumStatus::bad) return;
  out_ += options_.palette.warning;
  out_ += " [bad ";
  out_ += what;
  out_ += " cksum ";
  append_hex(out_, verdict.found, 4);
  out_ += " -> ";
  append_hex(out_, verdict.expected, 4);
  out_ += "!]";
  out_ += options_.palette.reset;
}

void LineWriter::complain() {
  if (!packet_.error()) return;
  out_ += options_.palette.warning;
  out_ += " [";
  append_line(out_, *packet_.error());
  out_ += "]";
  out_ += options_.palette.reset;
}

}  // namespace

void append_line(std::string& out, const Packet& packet, const LineOptions& options) {
  LineWriter{out, packet, options}.write();
}

std::string one_line(const Packet& packet) {
  std::string out;
  append_line(out, packet);
  return out;
}

void append_line(std::string& out, const wire::ParseError& error) {
  fmt::format_to(std::back_inserter(out), "{} {} (byte {}): ", title(error.layer), error.field.name,
                 error.field.offset);
  switch (error.fault) {
    case wire::Fault::none:
      out += "sound";
      break;
    case wire::Fault::truncated:
      fmt::format_to(std::back_inserter(out), "{} bytes needed, {} found", error.needed,
                     error.found);
      break;
    case wire::Fault::bad_version:
      fmt::format_to(std::back_inserter(out), "{} expected, {} found", error.needed, error.found);
      break;
    case wire::Fault::bad_length:
      fmt::format_to(std::back_inserter(out), "at least {} expected, {} found", error.needed,
                     error.found);
      break;
    case wire::Fault::bad_option:
      fmt::format_to(std::back_inserter(out), "option of length {} in {} bytes", error.found,
                     error.needed);
      break;
    case wire::Fault::bad_name:
      fmt::format_to(std::back_inserter(out), "{} found, which no name may have", error.found);
      break;
    case wire::Fault::too_deep:
      fmt::format_to(std::back_inserter(out), "more than {} headers inside each other",
                     error.needed);
      break;
  }
}

std::string one_line(const wire::ParseError& error) {
  std::string out;
  append_line(out, error);
  return out;
}

}  // namespace culvert::inspect
