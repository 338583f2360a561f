#include "inspect/field_rows.hpp"

namespace culvert::inspect {

void rows_of(Rows& rows, const wire::Ipv4View& view) {
  rows.add("version", "version", "4");
  rows.add("header length", "header_len", decimal(view.header_length() / 4) + " words",
           decimal(view.header_length()) + " bytes");
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

}  // namespace culvert::inspect
