#include "inspect/fields.hpp"

#include <algorithm>

#include "inspect/field_rows.hpp"
#include "inspect/text.hpp"
#include "wire/verify.hpp"

namespace culvert::inspect {

std::string decimal(std::uint64_t number) {
  std::string text;
  append_decimal(text, number);
  return text;
}

std::string hex(std::uint64_t number, int width) {
  std::string text;
  append_hex(text, number, width);
  return text;
}

std::string bytes_text(Bytes bytes) {
  constexpr std::size_t shown = 16;
  return to_hex(bytes.first(std::min(bytes.size(), shown))) + (bytes.size() > shown ? "..." : "");
}

std::string protocol_text(wire::Protocol protocol) {
  return decimal(static_cast<unsigned>(protocol)).append(" ").append(protocol_name(protocol));
}

std::string ether_type_text(std::uint16_t type) {
  return hex(type, 4).append(" ").append(ether_type_name(type));
}

std::string yes_no(bool flag) { return flag ? "yes" : "no"; }

void Rows::checksum() {
  const auto verdict = verify_checksum(packet_, layer_);
  Row row{"checksum", "checksum", hex(verdict.found, 4), {}};
  switch (verdict.status) {
    case wire::ChecksumStatus::good:
      row.remark = "ok";
      break;
    case wire::ChecksumStatus::bad:
      row.remark = "wrong, " + hex(verdict.expected, 4) + " would be right";
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

namespace {

template <class View>
bool rows_if_sound(Rows& rows) {
  const auto view = rows.packet().view<View>(rows.at());
  if (view) rows_of(rows, *view);
  return view.has_value();
}

bool extension_rows(Rows& rows) {
  const auto view =
      wire::Ipv6ExtensionView::parse(rows.at().layer, rows.packet().bytes_of(rows.at()));
  if (view) rows_of(rows, *view);
  return view.has_value();
}

bool sound_rows(Rows& rows) {
  switch (rows.at().layer) {
    case Layer::ethernet:
      return rows_if_sound<wire::EthernetView>(rows);
    case Layer::vlan:
      return rows_if_sound<wire::VlanView>(rows);
    case Layer::llc:
      return rows_if_sound<wire::LlcView>(rows);
    case Layer::linux_cooked:
      return rows_if_sound<wire::LinuxCookedView>(rows);
    case Layer::linux_cooked_2:
      return rows_if_sound<wire::LinuxCooked2View>(rows);
    case Layer::loopback:
      return rows_if_sound<wire::LoopbackView>(rows);
    case Layer::arp:
      return rows_if_sound<wire::ArpView>(rows);
    case Layer::ipv4:
      return rows_if_sound<wire::Ipv4View>(rows);
    case Layer::ipv6:
      return rows_if_sound<wire::Ipv6View>(rows);
    case Layer::ipv6_hop_by_hop:
    case Layer::ipv6_routing:
    case Layer::ipv6_destination:
      return extension_rows(rows);
    case Layer::ipv6_fragment:
      return rows_if_sound<wire::Ipv6FragmentView>(rows);
    case Layer::ah:
      return rows_if_sound<wire::AhView>(rows);
    case Layer::esp:
      return rows_if_sound<wire::EspView>(rows);
    case Layer::gre:
      return rows_if_sound<wire::GreView>(rows);
    case Layer::icmp:
      return rows_if_sound<wire::IcmpView>(rows);
    case Layer::icmpv6:
      return rows_if_sound<wire::Icmpv6View>(rows);
    case Layer::udp:
      return rows_if_sound<wire::UdpView>(rows);
    case Layer::tcp:
      return rows_if_sound<wire::TcpView>(rows);
    case Layer::vxlan:
      return rows_if_sound<wire::VxlanView>(rows);
    case Layer::dns:
      return rows_if_sound<wire::DnsView>(rows);
    case Layer::wireguard:
      return rows_if_sound<wire::WireguardView>(rows);
    case Layer::tunnel_message:
      return rows_if_sound<wire::TunnelMessageView>(rows);
    case Layer::payload:
      break;
  }
  return false;
}

}  // namespace

std::vector<Row> fields(const Packet& packet, std::size_t layer) {
  Rows rows{packet, layer};
  if (!sound_rows(rows))
    rows.add("bytes", "bytes", bytes_text(packet.bytes_of(packet.layers()[layer])));
  return rows.take();
}

}  // namespace culvert::inspect
