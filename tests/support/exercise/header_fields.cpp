#include "support/exercise/header_fields.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/ip_address.hpp"

namespace culvert::exercise {
namespace {

/// A row of a header's table: name, width in bits, form. Rows follow each other without gaps.
struct Row {
  std::string_view name;
  std::size_t bits;
  Form form = Form::decimal;
};

constexpr Row ethernet[] = {
    {"destination", 48, Form::mac}, {"source", 48, Form::mac}, {"EtherType", 16, Form::hex}};
constexpr Row arp[] = {{"hardware type", 16},
                       {"protocol type", 16, Form::hex},
                       {"hardware length", 8},
                       {"protocol length", 8},
                       {"operation", 16},
                       {"sender hardware address", 48, Form::mac},
                       {"sender protocol address", 32, Form::ipv4},
                       {"target hardware address", 48, Form::mac},
                       {"target protocol address", 32, Form::ipv4}};
constexpr Row ipv4[] = {{"version", 4},
                        {"IHL", 4},
                        {"DSCP and ECN", 8, Form::hex},
                        {"total length", 16},
                        {"identification", 16, Form::hex},
                        {"flags", 3, Form::hex},
                        {"fragment offset", 13},
                        {"time to live", 8},
                        {"protocol", 8},
                        {"header checksum", 16, Form::hex},
                        {"source address", 32, Form::ipv4},
                        {"destination address", 32, Form::ipv4}};
constexpr Row ipv6[] = {{"version", 4},
                        {"traffic class", 8, Form::hex},
                        {"flow label", 20, Form::hex},
                        {"payload length", 16},
                        {"next header", 8},
                        {"hop limit", 8},
                        {"source address", 128, Form::ipv6},
                        {"destination address", 128, Form::ipv6}};
constexpr Row icmp[] = {{"type", 8},
                        {"code", 8},
                        {"checksum", 16, Form::hex},
                        {"identifier", 16, Form::hex},
                        {"sequence number", 16}};
constexpr Row udp[] = {
    {"source port", 16}, {"destination port", 16}, {"length", 16}, {"checksum", 16, Form::hex}};
constexpr Row tcp[] = {{"source port", 16},     {"destination port", 16},
                       {"sequence number", 32}, {"acknowledgment number", 32},
                       {"data offset", 4},      {"flags", 12, Form::hex},
                       {"window", 16},          {"checksum", 16, Form::hex},
                       {"urgent pointer", 16}};
constexpr Row tunnel_message[] = {{"type", 8}, {"reserved", 24, Form::hex}};
constexpr Row wireguard_data[] = {{"type", 8},
                                  {"reserved", 24, Form::hex},
                                  {"receiver index", 32, Form::bytes},
                                  {"counter", 64, Form::bytes}};

class Walk {
 public:
  explicit Walk(Bytes packet) : packet_(packet) {}

  void ip() {
    if (left() == 0) return;
    if (byte(0) >> 4 == 4) return ip4();
    if (byte(0) >> 4 == 6) return ip6();
  }

  void link() {
    table("Ethernet", ethernet);
    const std::size_t type = std::size_t{before(2)} << 8 | before(1);
    if (type == 0x0806) table("ARP", arp);
    if (type == 0x0800 || type == 0x86dd) ip();
  }

  void tunnel() {
    table("tunnel message", tunnel_message);
    ip();
  }

  void wireguard() { table("WireGuard data", wireguard_data); }

  std::vector<HeaderField> finish(Kind kind) {
    if (left() > 0) {
      add(kind == Kind::plain ? "" : "payload",
          {kind == Kind::plain ? "bytes" : "data", left() * 8, Form::bytes});
    }
    return std::move(fields_);
  }

 private:
  std::size_t left() const { return packet_.size() - std::min(at_ / 8, packet_.size()); }
  /// Bytes from here, and back from here; zero outside the packet.
  std::uint8_t byte(std::size_t index) const {
    return index < left() ? packet_[at_ / 8 + index] : std::uint8_t{0};
  }
  std::uint8_t before(std::size_t back) const {
    const std::size_t here = at_ / 8;
    return here >= back && here - back < packet_.size() ? packet_[here - back] : std::uint8_t{0};
  }

  void add(std::string_view header, const Row& row) {
    fields_.push_back({header, row.name, at_, row.bits, row.form});
    at_ += row.bits;
  }
  template <std::size_t rows>
  void table(std::string_view header, const Row (&table)[rows]) {
    for (const Row& row : table) {
      if (left() * 8 >= row.bits) add(header, row);
    }
  }
  void options(std::string_view header, std::size_t bytes) {
    if (bytes > 0 && bytes <= left()) add(header, {"options", bytes * 8, Form::bytes});
  }

  void ip4() {
    const std::size_t header = (byte(0) & 0x0fu) * std::size_t{4};
    const unsigned protocol = byte(9);
    const bool later_fragment = ((byte(6) & 0x1fu) | byte(7)) != 0;
    table("IPv4", ipv4);
    options("IPv4", header - std::min(header, std::size_t{20}));
    if (!later_fragment) transport(protocol);
  }

  void ip6() {
    const unsigned next = byte(6);
    table("IPv6", ipv6);
    transport(next);
  }

  void transport(unsigned protocol) {
    if (protocol == 1) table("ICMP", icmp);
    if (protocol == 58) table("ICMPv6", icmp);
    if (protocol == 17) table("UDP", udp);
    if (protocol == 6) {
      const std::size_t header = (byte(12) >> 4) * std::size_t{4};
      table("TCP", tcp);
      options("TCP", header - std::min(header, std::size_t{20}));
    }
  }

  Bytes packet_;
  std::size_t at_ = 0;  // bits
  std::vector<HeaderField> fields_;
};

std::string hex_text(Bytes bytes) {
  constexpr std::size_t most = 12;
  return to_hex(bytes.first(std::min(bytes.size(), most))) +
         (bytes.size() > most ? fmt::format("... ({} bytes)", bytes.size()) : "");
}

}  // namespace

std::vector<HeaderField> header_fields(Kind kind, Bytes packet) {
  Walk walk{packet};
  if (kind == Kind::raw_ip) walk.ip();
  if (kind == Kind::ethernet) walk.link();
  if (kind == Kind::tunnel_message) walk.tunnel();
  if (kind == Kind::wireguard) walk.wireguard();
  return walk.finish(kind);
}

std::optional<std::uint64_t> value_of(const HeaderField& field, Bytes packet) {
  if (field.bits > 64 || field.last_byte() >= packet.size()) return std::nullopt;
  std::uint64_t value = 0;
  for (std::size_t bit = field.bit; bit < field.bit + field.bits; ++bit) {
    value = value << 1 | (std::uint64_t{packet[bit / 8]} >> (7 - bit % 8) & 1u);
  }
  return value;
}

std::string text_of(const HeaderField& field, Bytes packet) {
  if (field.first_byte() >= packet.size()) return "(not there)";
  const Bytes bytes = packet.subspan(
      field.first_byte(), std::min(field.last_byte() + 1, packet.size()) - field.first_byte());
  const auto number = value_of(field, packet);
  if (field.form == Form::bytes || bytes.size() * 8 < field.bits) return hex_text(bytes);
  switch (field.form) {
    case Form::ipv4:
      return to_string(Ipv4Address{bytes.first<4>()});
    case Form::ipv6:
      return to_string(Ipv6Address{bytes.first<16>()});
    case Form::mac:
      return to_string(MacAddress{bytes.first<6>()});
    case Form::hex:
      return fmt::format("0x{:0{}x}", *number, (field.bits + 3) / 4);
    default:
      return fmt::format("{}", *number);
  }
}

std::string place_of(const HeaderField& field) {
  if (field.first_byte() == field.last_byte()) return fmt::format("byte {}", field.first_byte());
  return fmt::format("bytes {}-{}", field.first_byte(), field.last_byte());
}

}  // namespace culvert::exercise
