#include "inspect/field_rows.hpp"

namespace culvert::inspect {

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
  rows.add("packet type", "pkttype", decimal(view.packet_type()));
  rows.add("hardware", "hatype", decimal(view.hardware()));
  rows.add("address", "addr", to_hex(view.address()));
  rows.add("protocol", "protocol", ether_type_text(view.protocol()));
}

void rows_of(Rows& rows, const wire::LinuxCooked2View& view) {
  rows.add("protocol", "protocol", ether_type_text(view.protocol()));
  rows.add("interface", "ifindex", decimal(view.interface_index()));
  rows.add("hardware", "hatype", decimal(view.hardware()));
  rows.add("packet type", "pkttype", decimal(view.packet_type()));
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

}  // namespace culvert::inspect
