#include "inspect/fields.hpp"

#include <fmt/format.h>

#include "inspect/dns_text.hpp"
#include "inspect/names.hpp"
#include "inspect/one_line.hpp"
#include "inspect/text.hpp"
#include "wire/arp.hpp"
#include "wire/dns.hpp"
#include "wire/encapsulation.hpp"
#include "wire/ethernet.hpp"
#include "wire/icmp.hpp"
#include "wire/ipv4.hpp"
#include "wire/ipv6.hpp"
#include "wire/link.hpp"
#include "wire/tcp.hpp"
#include "wire/tunnel_message.hpp"
#include "wire/udp.hpp"
#include "wire/verify.hpp"
#include "wire/wireguard.hpp"

namespace culvert::inspect {

using wire::Layer;
using wire::LayerAt;
using wire::Packet;

namespace {

constexpr std::size_t shown_bytes = 16;

std::string decimal(std::uint64_t number) { return fmt::format("{}", number); }
std::string hex(std::uint64_t number, int width) { return fmt::format("0x{:0{}x}", number, width); }
std::string bytes_text(Bytes bytes) {
  return to_hex(bytes.first(std::min(bytes.size(), shown_bytes))) + (bytes.size() > shown_bytes ? "..." : "");
}
std::string protocol_text(wire::Protocol protocol) {
  return fmt::format("{} {}", static_cast<unsigned>(protocol), protocol_name(protocol));
}
std::string ether_type_text(std::uint16_t type) {
  return fmt::format("0x{:04x} {}", type, ether_type_name(type));
}
std::string yes_no(bool flag) { return flag ? "yes" : "no"; }

/// Collects the rows of one layer.
class Rows {
 public:
  Rows(const Packet& packet, std::size_t layer) : packet_(packet), layer_(layer) {}

  void add(std::string_view label, std::string_view name, std::string value, std::string remark = {}) {
    rows_.push_back({label, name, std::move(value), std::move(remark)});
  }
  void checksum();
  void options(wire::OptionList options);
  std::vector<Row> take() { return std::move(rows_); }

  const Packet& packet() const { return packet_; }
  const LayerAt& at() const { return packet_.layers()[layer_]; }

 private:
  const Packet& packet_;
  std::size_t layer_;
  std::vector<Row> rows_;
};

void Rows::checksum() {
  const auto verdict = verify_checksum(packet_, layer_);
  Row row{"checksum", "checksum", hex(verdict.found, 4), {}};
  switch (verdict.status) {
    case wire::ChecksumStatus::good:
      row.remark = "ok";
      break;
    case wire::ChecksumStatus::bad:
      row.remark = fmt::format("wrong, 0x{:04x} would be right", verdict.expected);
      row.alarming = true;
      break;
    case wire::ChecksumStatus::absent:
      row.remark = "none computed";
      break;
    case wire::ChecksumStatus::illegal:
      row.remark = "missing, IPv6 demands one";
      row.alarming = true;
      break;
    case wire::ChecksumStatus::unverified:
      row.remark = "not checked, not all of it is here";
      break;
    case wire::ChecksumStatus::none:
      return;
  }
  rows_.push_back(std::move(row));
}

void Rows::options(wire::OptionList options) {
  while (const auto option = options.next()) {
    add("option", "options", fmt::format("kind {}, {} bytes", option->kind, option->size()),
        bytes_text(option->data));
  }
  if (options.damaged()) {
    add("option", "options", bytes_text(options.rest()), "damaged");
    rows_.back().alarming = true;
  }
}

void rows_of(Rows& rows, const wire::EthernetView& view) {
  rows.add("destination", "dst", to_string(view.destination()));
  rows.add("source", "src", to_string(view.source()));
  if (view.ether_type() > 1500)
    rows.add("ether type", "ethertype", ether_type_text(view.ether_type()));
  else
    rows.add("length", "length", decimal(view.ether_type()));
}

void rows_of(Rows& rows, const wire::VlanView& view) {
  rows.add("priority", "pcp", decimal(view.priority()));
  rows.add("drop eligible", "dei", yes_no(view.drop_eligible()));
  rows.add("VLAN", "vid", decimal(view.vlan_id()));
  rows.add("ether type", "ethertype", ether_type_text(view.ether_type()));
}

void rows_of(Rows& rows, const wire::LlcView& view) {
  rows.add("destination", "dsap", hex(view.destination(), 2));
  rows.add("source", "ssap", hex(view.source(), 2));
  rows.add("control", "control", hex(view.control(), 2));
  if (!view.is_snap()) return;
  rows.add("organisation", "oui", hex(view.organisation(), 6));
  rows.add("protocol", "pid", hex(view.protocol(), 4));
}

void rows_of(Rows& rows, const wire::LinuxCookedView& view) {
  rows.add("packet type", "packet_type", decimal(view.packet_type()));
  rows.add("hardware", "arphrd", decimal(view.hardware()));
  rows.add("address", "addr", to_hex(view.address()));
  rows.add("protocol", "protocol", ether_type_text(view.protocol()));
}

void rows_of(Rows& rows, const wire::LinuxCooked2View& view) {
  rows.add("protocol", "protocol", ether_type_text(view.protocol()));
  rows.add("interface", "ifindex", decimal(view.interface_index()));
  rows.add("hardware", "arphrd", decimal(view.hardware()));
  rows.add("packet type", "packet_type", decimal(view.packet_type()));
  rows.add("address", "addr", to_hex(view.address()));
}

void rows_of(Rows& rows, const wire::LoopbackView& view) {
  rows.add("family", "family", decimal(view.family()));
}

void rows_of(Rows& rows, const wire::ArpView& view) {
  rows.add("hardware type", "htype", decimal(view.hardware_type()));
  rows.add("protocol type", "ptype", ether_type_text(view.protocol_type()));
  rows.add("hardware length", "hlen", decimal(view.hardware_length()));
  rows.add("protocol length", "plen", decimal(view.protocol_length()));
  const std::uint16_t operation = view.operation();
  rows.add("operation", "op", decimal(operation),
           operation == wire::ArpView::request ? "request"
           : operation == wire::ArpView::reply ? "reply"
                                               : "");
  const bool usual = view.is_ipv4_over_ethernet();
  const auto mac = [&](Bytes bytes) {
    return usual ? to_string(MacAddress{bytes.first<6>()}) : to_hex(bytes);
  };
  const auto ip = [&](Bytes bytes) {
    return usual ? to_string(Ipv4Address{bytes.first<4>()}) : to_hex(bytes);
  };
  rows.add("sender hardware", "sha", mac(view.sender_hardware()));
  rows.add("sender protocol", "spa", ip(view.sender_protocol()));
  rows.add("target hardware", "tha", mac(view.target_hardware()));
  rows.add("target protocol", "tpa", ip(view.target_protocol()));
}

void rows_of(Rows& rows, const wire::Ipv4View& view) {
  rows.add("version", "version", "4");
  rows.add("header length", "header_len", fmt::format("{} words", view.header_length() / 4),
           fmt::format("{} bytes", view.header_length()));
  rows.add("DSCP", "dscp", decimal(view.dscp()));
  rows.add("ECN", "ecn", decimal(view.ecn()));
  rows.add("total length", "total_len", decimal(view.total_length()));
  rows.add("identification", "id", hex(view.identification(), 4));
  rows.add("don't fragment", "df", yes_no(view.dont_fragment()));
  rows.add("more fragments", "mf", yes_no(view.more_fragments()));
  rows.add("fragment offset", "frag_offset", decimal(view.fragment_offset()));
  rows.add("time to live", "ttl", decimal(view.ttl()));
  rows.add("protocol", "proto", protocol_text(view.protocol()));
  rows.checksum();
  rows.add("source", "src", to_string(view.source()));
  rows.add("destination", "dst", to_string(view.destination()));
  rows.options(view.options());
}

void rows_of(Rows& rows, const wire::Ipv6View& view) {
  rows.add("version", "version", "6");
  rows.add("DSCP", "dscp", decimal(view.dscp()));
  rows.add("ECN", "ecn", decimal(view.ecn()));
  rows.add("flow label", "flow_label", hex(view.flow_label(), 5));
  rows.add("payload length", "payload_len", decimal(view.payload_length()));
  rows.add("next header", "next_header", protocol_text(view.next_header()));
  rows.add("hop limit", "hop_limit", decimal(view.hop_limit()));
  rows.add("source", "src", to_string(view.source()));
  rows.add("destination", "dst", to_string(view.destination()));
}

void rows_of(Rows& rows, const wire::Ipv6ExtensionView& view) {
  rows.add("next header", "next_header", protocol_text(view.next_header()));
  rows.add("header length", "header_len", decimal(view.header_length()));
  if (rows.at().layer == Layer::ipv6_routing) {
    rows.add("routing type", "routing_type", decimal(view.routing_type()));
    rows.add("segments left", "segments_left", decimal(view.segments_left()));
  }
}

void rows_of(Rows& rows, const wire::Ipv6FragmentView& view) {
  rows.add("next header", "next_header", protocol_text(view.next_header()));
  rows.add("fragment offset", "frag_offset", decimal(view.fragment_offset()));
  rows.add("more fragments", "mf", yes_no(view.more_fragments()));
  rows.add("identification", "id", hex(view.identification(), 8));
}

void rows_of(Rows& rows, const wire::AhView& view) {
  rows.add("next header", "next_header", protocol_text(view.next_header()));
  rows.add("header length", "header_len", decimal(view.header_length()));
  rows.add("parameters index", "spi", hex(view.spi(), 8));
  rows.add("sequence", "seq", decimal(view.sequence()));
}

void rows_of(Rows& rows, const wire::EspView& view) {
  rows.add("parameters index", "spi", hex(view.spi(), 8));
  rows.add("sequence", "seq", decimal(view.sequence()));
}

void rows_of(Rows& rows, const wire::GreView& view) {
  rows.add("version", "version", decimal(view.version()));
  rows.add("protocol", "protocol", ether_type_text(view.protocol()));
  if (view.key()) rows.add("key", "key", hex(*view.key(), 8));
  if (view.sequence()) rows.add("sequence", "seq", decimal(*view.sequence()));
}

void rows_of(Rows& rows, const wire::VxlanView& view) {
  rows.add("network", "vni", decimal(view.network()));
}

/// The packet that an error is about, in one line.
void quoted_row(Rows& rows, Bytes quoted) {
  const Packet packet = Packet::walk(quoted, wire::LinkType::raw_ip, 0xffff);
  rows.add("about packet", "quoted", one_line(packet));
}

void rows_of(Rows& rows, const wire::IcmpView& view) {
  rows.add("type", "icmp_type", decimal(view.type()), icmp_type_name(view.type()));
  rows.add("code", "icmp_code", decimal(view.code()));
  rows.checksum();
  if (view.is_echo()) {
    rows.add("identifier", "id", decimal(view.identifier()));
    rows.add("sequence", "seq", decimal(view.sequence()));
  }
  if (view.type() == wire::icmp::redirect) {
    rows.add("gateway", "gateway", to_string(Ipv4Address{view.rest()}));
  }
  if (view.type() == wire::icmp::destination_unreachable &&
      view.code() == wire::icmp::code_fragmentation_needed) {
    rows.add("next-hop MTU", "mtu", decimal(view.next_hop_mtu()));
  }
  if (view.is_error()) quoted_row(rows, view.payload());
}

void rows_of(Rows& rows, const wire::Icmpv6View& view) {
  rows.add("type", "icmp_type", decimal(view.type()), icmpv6_type_name(view.type()));
  rows.add("code", "icmp_code", decimal(view.code()));
  rows.checksum();
  if (view.is_echo()) {
    rows.add("identifier", "id", decimal(view.identifier()));
    rows.add("sequence", "seq", decimal(view.sequence()));
  }
  if (view.type() == wire::icmpv6::packet_too_big) rows.add("MTU", "mtu", decimal(view.mtu()));
  const bool neighbor = view.type() == wire::icmpv6::neighbor_solicitation ||
                        view.type() == wire::icmpv6::neighbor_advertisement;
  if (neighbor && view.payload().size() >= 16) {
    rows.add("target", "target", to_string(Ipv6Address{view.payload().first<16>()}));
  }
  if (view.is_error()) quoted_row(rows, view.payload());
}

void rows_of(Rows& rows, const wire::UdpView& view) {
  rows.add("source port", "src_port", decimal(view.source_port()));
  rows.add("destination port", "dst_port", decimal(view.destination_port()));
  rows.add("length", "length", decimal(view.length()));
  rows.checksum();
}

std::string flag_names(const wire::TcpView& tcp) {
  constexpr std::string_view names[] = {"FIN", "SYN", "RST", "PSH", "ACK", "URG", "ECE", "CWR", "AE"};
  std::string text;
  for (unsigned i = 0; i < 9; ++i) {
    if (!tcp.has(1u << i)) continue;
    if (!text.empty()) text += ' ';
    text += names[i];
  }
  return text;
}

void rows_of(Rows& rows, const wire::TcpView& view) {
  rows.add("source port", "src_port", decimal(view.source_port()));
  rows.add("destination port", "dst_port", decimal(view.destination_port()));
  rows.add("sequence", "seq", decimal(view.sequence()));
  rows.add("acknowledgment", "ack", decimal(view.acknowledgment()));
  rows.add("data offset", "header_len", fmt::format("{} words", view.header_length() / 4),
           fmt::format("{} bytes", view.header_length()));
  rows.add("flags", "flags", hex(view.flags(), 3), flag_names(view));
  rows.add("window", "window", decimal(view.window()));
  rows.checksum();
  rows.add("urgent pointer", "urgent", decimal(view.urgent_pointer()));
  rows.options(view.options());
}

void rows_of(Rows& rows, const wire::DnsView& view) {
  rows.add("id", "id", decimal(view.id()));
  rows.add("kind", "qr", view.is_response() ? "response" : "query");
  rows.add("opcode", "opcode", decimal(view.opcode()));
  rows.add("recursion desired", "rd", yes_no(view.recursion_desired()));
  if (view.is_response()) {
    rows.add("authoritative", "aa", yes_no(view.authoritative()));
    rows.add("truncated", "tc", yes_no(view.truncated()));
    rows.add("recursion offered", "ra", yes_no(view.recursion_available()));
    rows.add("response code", "rcode", decimal(view.rcode()));
  }
  rows.add("questions", "qdcount", decimal(view.question_count()));
  rows.add("answers", "ancount", decimal(view.answer_count()));
  rows.add("name servers", "nscount", decimal(view.name_server_count()));
  rows.add("additional", "arcount", decimal(view.additional_count()));
  wire::DnsQuestions questions{view};
  while (const auto question = questions.next()) {
    std::string name;
    append(name, question->name);
    rows.add("question", "questions", name, dns_type_name(question->type));
  }
  wire::DnsRecords records{view};
  while (const auto record = records.next()) {
    std::string text;
    append(text, record->name);
    text += ' ' + dns_type_name(record->type) + ' ';
    append_record_data(text, view.message(), *record);
    rows.add("record", "answers", text, fmt::format("for {} s", record->ttl));
  }
}

void rows_of(Rows& rows, const wire::WireguardView& view) {
  constexpr std::string_view names[] = {"", "handshake initiation", "handshake response", "cookie reply", "data"};
  rows.add("message type", "message_type", decimal(view.type()), std::string{names[view.type()]});
  if (view.sender()) rows.add("sender", "sender", decimal(*view.sender()));
  if (view.receiver()) rows.add("receiver", "receiver", decimal(*view.receiver()));
  if (view.counter()) rows.add("counter", "counter", decimal(*view.counter()));
}

void rows_of(Rows& rows, const wire::TunnelMessageView& view) {
  rows.add("type", "type", decimal(wire::plain_packet_type), view.is_hello() ? "hello" : "packet in clear");
}

template <class View>
bool rows_if_sound(Rows& rows) {
  const auto view = rows.packet().view<View>(rows.at());
  if (view) rows_of(rows, *view);
  return view.has_value();
}

bool extension_rows(Rows& rows) {
  const auto view = wire::Ipv6ExtensionView::parse(rows.at().layer, rows.packet().bytes_of(rows.at()));
  if (view) rows_of(rows, *view);
  return view.has_value();
}

bool sound_rows(Rows& rows) {
  switch (rows.at().layer) {
    case Layer::ethernet: return rows_if_sound<wire::EthernetView>(rows);
    case Layer::vlan: return rows_if_sound<wire::VlanView>(rows);
    case Layer::llc: return rows_if_sound<wire::LlcView>(rows);
    case Layer::linux_cooked: return rows_if_sound<wire::LinuxCookedView>(rows);
    case Layer::linux_cooked_2: return rows_if_sound<wire::LinuxCooked2View>(rows);
    case Layer::loopback: return rows_if_sound<wire::LoopbackView>(rows);
    case Layer::arp: return rows_if_sound<wire::ArpView>(rows);
    case Layer::ipv4: return rows_if_sound<wire::Ipv4View>(rows);
    case Layer::ipv6: return rows_if_sound<wire::Ipv6View>(rows);
    case Layer::ipv6_hop_by_hop:
    case Layer::ipv6_routing:
    case Layer::ipv6_destination: return extension_rows(rows);
    case Layer::ipv6_fragment: return rows_if_sound<wire::Ipv6FragmentView>(rows);
    case Layer::ah: return rows_if_sound<wire::AhView>(rows);
    case Layer::esp: return rows_if_sound<wire::EspView>(rows);
    case Layer::gre: return rows_if_sound<wire::GreView>(rows);
    case Layer::icmp: return rows_if_sound<wire::IcmpView>(rows);
    case Layer::icmpv6: return rows_if_sound<wire::Icmpv6View>(rows);
    case Layer::udp: return rows_if_sound<wire::UdpView>(rows);
    case Layer::tcp: return rows_if_sound<wire::TcpView>(rows);
    case Layer::vxlan: return rows_if_sound<wire::VxlanView>(rows);
    case Layer::dns: return rows_if_sound<wire::DnsView>(rows);
    case Layer::wireguard: return rows_if_sound<wire::WireguardView>(rows);
    case Layer::tunnel_message: return rows_if_sound<wire::TunnelMessageView>(rows);
    case Layer::payload: break;
  }
  return false;
}

}  // namespace

std::vector<Row> fields(const Packet& packet, std::size_t layer) {
  Rows rows{packet, layer};
  if (!sound_rows(rows)) rows.add("bytes", "bytes", bytes_text(packet.bytes_of(packet.layers()[layer])));
  return rows.take();
}

}  // namespace culvert::inspect
