#include "inspect/field_rows.hpp"
#include "inspect/one_line.hpp"

namespace culvert::inspect {

namespace {

/// The packet that an error is about, in one line.
void quoted_row(Rows& rows, Bytes quoted) {
  const Packet packet = Packet::walk(quoted, wire::LinkType::raw_ip, 0xffff);
  rows.add("about packet", "quoted", one_line(packet));
}

}  // namespace

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

namespace {
std::string flag_names(const wire::TcpView& tcp) {
  constexpr std::string_view names[] = {"FIN", "SYN", "RST", "PSH", "ACK",
                                        "URG", "ECE", "CWR", "AE"};
  std::string text;
  for (unsigned i = 0; i < 9; ++i) {
    if (!tcp.has(1u << i)) continue;
    if (!text.empty()) text += ' ';
    text += names[i];
  }
  return text;
}

}  // namespace

void rows_of(Rows& rows, const wire::TcpView& view) {
  rows.add("source port", "src_port", decimal(view.source_port()));
  rows.add("destination port", "dst_port", decimal(view.destination_port()));
  rows.add("sequence", "seq", decimal(view.sequence()));
  rows.add("acknowledgment", "ack", decimal(view.acknowledgment()));
  rows.add("data offset", "header_len", decimal(view.header_length() / 4) + " words",
           decimal(view.header_length()) + " bytes");
  rows.add("flags", "flags", hex(view.flags(), 3), flag_names(view));
  rows.add("window", "window", decimal(view.window()));
  rows.checksum();
  rows.add("urgent pointer", "urgent", decimal(view.urgent_pointer()));
  rows.options(view.options());
}

}  // namespace culvert::inspect
