// ARP: who has this IP address, and at which Ethernet address? RFC 826.
#pragma once

#include <compare>

#include "base/ip_address.hpp"
#include "wire/fixed_fields.hpp"
#include "wire/parse_error.hpp"

namespace culvert::wire {

/// Read-only view of one ARP packet. The address lengths are fields of the packet: 6 and 4 for IPv4 over Ethernet.
///
///      0                   1                   2                   3
///      0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |         hardware type         |         protocol type         |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     | hw. length    | proto. length |           operation           |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |  sender hardware, sender protocol, target hardware, target protocol address ...
class ArpView : FixedFields<8> {
 public:
  static constexpr auto layer = Layer::arp;
  static constexpr std::size_t min_header_size = 8;
  static constexpr std::uint16_t request = 1;
  static constexpr std::uint16_t reply = 2;

  static Parsed<ArpView> parse(Bytes bytes);

  std::uint16_t hardware_type() const { return load_be16(field<0, 2>()); }  // 1: Ethernet
  std::uint16_t protocol_type() const { return load_be16(field<2, 2>()); }  // an EtherType
  std::uint8_t hardware_length() const { return load_u8(field<4, 1>()); }
  std::uint8_t protocol_length() const { return load_u8(field<5, 1>()); }
  std::uint16_t operation() const { return load_be16(field<6, 2>()); }
  Bytes sender_hardware() const { return addresses_.first(hardware_length()); }
  Bytes sender_protocol() const { return addresses_.subspan(hardware_length(), protocol_length()); }
  Bytes target_hardware() const { return target().first(hardware_length()); }
  Bytes target_protocol() const { return target().last(protocol_length()); }
  std::size_t header_length() const { return min_header_size + addresses_.size(); }

  /// The usual kind: IPv4 addresses on Ethernet.
  bool is_ipv4_over_ethernet() const;

 private:
  ArpView(Field<8> fixed, Bytes addresses) : FixedFields(fixed), addresses_(addresses) {}
  Bytes target() const { return addresses_.subspan(hardware_length() + protocol_length()); }

  Bytes addresses_;  // exactly two pairs
};

/// IPv4 over Ethernet: 28 bytes.
struct ArpFields {
  std::uint16_t operation = ArpView::request;
  MacAddress sender_mac{};
  Ipv4Address sender_ip{};
  MacAddress target_mac{};
  Ipv4Address target_ip{};
  auto operator<=>(const ArpFields&) const = default;
};

void write(const ArpFields& fields, MutableField<28> out);

}  // namespace culvert::wire
