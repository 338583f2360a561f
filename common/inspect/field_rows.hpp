// How fields() collects the rows of a header: one function for each view, in the files fields_*.cpp beside this one.
#pragma once

#include <fmt/format.h>

#include "inspect/fields.hpp"
#include "inspect/names.hpp"
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
#include "wire/wireguard.hpp"

namespace culvert::inspect {

using wire::Layer;
using wire::LayerAt;
using wire::Packet;

std::string decimal(std::uint64_t number);
std::string hex(std::uint64_t number, int width);
/// The first of them, in hex.
std::string bytes_text(Bytes bytes);
std::string protocol_text(wire::Protocol protocol);
std::string ether_type_text(std::uint16_t type);
std::string yes_no(bool flag);

/// Collects the rows of one layer.
class Rows {
 public:
  Rows(const Packet& packet, std::size_t layer) : packet_(packet), layer_(layer) {
    rows_.reserve(usual_count);
  }

  void add(std::string_view label, std::string_view name, std::string value,
           std::string remark = {}) {
    rows_.push_back({label, name, std::move(value), std::move(remark)});
  }
  void checksum();
  void options(wire::OptionList options);
  std::vector<Row> take() { return std::move(rows_); }

  const Packet& packet() const { return packet_; }
  const LayerAt& at() const { return packet_.layers()[layer_]; }

 private:
  static constexpr std::size_t usual_count = 16;  // IPv4 and TCP without options have a few less

  const Packet& packet_;
  std::size_t layer_;
  std::vector<Row> rows_;
};

void rows_of(Rows& rows, const wire::EthernetView& view);
void rows_of(Rows& rows, const wire::VlanView& view);
void rows_of(Rows& rows, const wire::LlcView& view);
void rows_of(Rows& rows, const wire::LinuxCookedView& view);
void rows_of(Rows& rows, const wire::LinuxCooked2View& view);
void rows_of(Rows& rows, const wire::LoopbackView& view);
void rows_of(Rows& rows, const wire::ArpView& view);
void rows_of(Rows& rows, const wire::Ipv4View& view);
void rows_of(Rows& rows, const wire::Ipv6View& view);
void rows_of(Rows& rows, const wire::Ipv6ExtensionView& view);
void rows_of(Rows& rows, const wire::Ipv6FragmentView& view);
void rows_of(Rows& rows, const wire::AhView& view);
void rows_of(Rows& rows, const wire::EspView& view);
void rows_of(Rows& rows, const wire::GreView& view);
void rows_of(Rows& rows, const wire::VxlanView& view);
void rows_of(Rows& rows, const wire::IcmpView& view);
void rows_of(Rows& rows, const wire::Icmpv6View& view);
void rows_of(Rows& rows, const wire::UdpView& view);
void rows_of(Rows& rows, const wire::TcpView& view);
void rows_of(Rows& rows, const wire::DnsView& view);
void rows_of(Rows& rows, const wire::WireguardView& view);
void rows_of(Rows& rows, const wire::TunnelMessageView& view);

}  // namespace culvert::inspect
