#include "inspect/explain.hpp"

#include <fmt/format.h>

#include <charconv>

#include "inspect/address_kind.hpp"
#include "inspect/field_catalogue.hpp"
#include "inspect/names.hpp"

namespace culvert::inspect {
namespace {

using wire::LayerAt;
using wire::Packet;

struct Port {
  std::string_view number;
  std::string_view use;
};

constexpr Port ports[] = {
    {"22", "secure shell"},
    {"53", "DNS servers listen here"},
    {"67", "DHCP servers listen here"},
    {"68", "DHCP clients listen here"},
    {"80", "web servers listen here, in clear"},
    {"123", "time servers listen here"},
    {"443", "web servers listen here, encrypted"},
    {"500", "IPsec agrees on keys here"},
    {"853", "DNS servers listen here, encrypted"},
    {"1194", "OpenVPN's usual port"},
    {"3128", "web proxies often listen here"},
    {"4789", "VXLAN tunnels end here"},
    {"5000", "this course's tunnel in clear"},
    {"5353", "multicast DNS"},
    {"51820", "WireGuard's usual port"},
};

unsigned number_of(const Row& row) {
  unsigned number = 0;
  std::from_chars(row.value.data(), row.value.data() + row.value.size(), number);
  return number;
}

std::string hops_left(const Row& row) {
  const unsigned left = number_of(row);
  if (left == 0) return "It ran out: the next router drops the packet.";
  const bool fresh = left == 64 || left == 128 || left == 255;
  return fmt::format(
      "May pass {} more router{}.{}", left - 1, left == 2 ? "" : "s",
      fresh ? " Systems start at 64, 128 or 255: it has passed none yet, it seems." : "");
}

std::string port(const Row& row, std::string_view sentence) {
  for (const Port& each : ports) {
    if (row.value == each.number) return fmt::format("{} {}: {}.", sentence, row.value, each.use);
  }
  if (number_of(row) < 32768) return std::string{sentence};
  return fmt::format("{} So high a number was picked by a client's system for this conversation.",
                     sentence);
}

std::string length(const Row& row, const Packet& packet, const LayerAt& at, std::size_t around) {
  const std::size_t announced = number_of(row) + around;
  const std::size_t here = packet.bytes_of(at).size();
  if (here >= announced) return fmt::format("All {} bytes were captured.", announced);
  return fmt::format("Only {} of {} bytes were captured.", here, announced);
}

std::string flag(const Row& row, std::string_view yes, std::string_view no) {
  return std::string{row.value == "yes" ? yes : no};
}

std::string about(const IpAddress& address, std::string_view sentence) {
  const std::string_view kind = address_kind(address);
  return kind.empty() ? std::string{sentence} : fmt::format("{} This one is {}.", sentence, kind);
}

}  // namespace

std::string explain(const Row& row, const Packet& packet, std::size_t layer) {
  const LayerAt& at = packet.layers()[layer];
  const FieldInfo* info = find_field(key(at.layer), row.name);
  if (info == nullptr) return {};
  const std::string_view name = info->name;
  if (name == "ipv4.ttl" || name == "ipv6.hop_limit") return hops_left(row);
  if (name == "ipv4.total_len") return "Header and payload together. " + length(row, packet, at, 0);
  if (name == "ipv6.payload_len") return "What follows this header. " + length(row, packet, at, 40);
  if (name == "ipv4.header_len" || name == "tcp.header_len") {
    return fmt::format("Counted in 4-byte words: {} bytes, so {}.", at.header_length,
                       at.header_length == 20 ? "no options follow" : "options follow");
  }
  if (name == "ipv4.df")
    return flag(row, info->sentence,
                "Routers may cut this packet into fragments where a link is too narrow.");
  if (name == "ipv4.mf")
    return flag(row, info->sentence,
                "No piece follows: this is the whole packet, or its last one.");
  if (row.name.ends_with("_port")) return port(row, info->sentence);
  const bool address = (row.name == "src" || row.name == "dst") &&
                       (at.layer == wire::Layer::ipv4 || at.layer == wire::Layer::ipv6);
  if (const auto value = address ? IpAddress::parse(row.value) : std::nullopt)
    return about(*value, info->sentence);
  if (row.name == "checksum" && row.alarming)
    return fmt::format("{} Here it does not agree with the bytes.", info->sentence);
  return std::string{info->sentence};
}

}  // namespace culvert::inspect
