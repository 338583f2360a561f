// ICMP and ICMPv6: the network's messages about itself. They share one shape; the numbers differ.
// RFC 792; RFC 4443, section 2.1.
#pragma once

#include <compare>

#include "wire/fixed_fields.hpp"
#include "wire/parse_error.hpp"

namespace culvert::wire {

/// Types of ICMP (RFC 792) and codes we use.
namespace icmp {
constexpr std::uint8_t echo_reply = 0;
constexpr std::uint8_t destination_unreachable = 3;
constexpr std::uint8_t source_quench = 4;
constexpr std::uint8_t redirect = 5;
constexpr std::uint8_t echo_request = 8;
constexpr std::uint8_t time_exceeded = 11;
constexpr std::uint8_t parameter_problem = 12;
constexpr std::uint8_t code_port_unreachable = 3;
constexpr std::uint8_t code_fragmentation_needed = 4;
}  // namespace icmp

/// Types of ICMPv6 (RFC 4443, RFC 4861).
namespace icmpv6 {
constexpr std::uint8_t destination_unreachable = 1;
constexpr std::uint8_t packet_too_big = 2;
constexpr std::uint8_t time_exceeded = 3;
constexpr std::uint8_t parameter_problem = 4;
constexpr std::uint8_t echo_request = 128;
constexpr std::uint8_t echo_reply = 129;
constexpr std::uint8_t router_solicitation = 133;
constexpr std::uint8_t router_advertisement = 134;
constexpr std::uint8_t neighbor_solicitation = 135;
constexpr std::uint8_t neighbor_advertisement = 136;
}  // namespace icmpv6

/// Read-only view of one ICMP or ICMPv6 message.
///
///      0                   1                   2                   3
///      0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |     type      |     code      |           checksum            |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     | rest: echo: identifier, sequence number; too big: MTU; ...    |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |  payload: the echo's data, or the packet that caused an error ...
class IcmpViewBase : protected FixedFields<8> {
 public:
  static constexpr std::size_t header_size = 8;

  std::uint8_t type() const { return load_u8(field<0, 1>()); }
  std::uint8_t code() const { return load_u8(field<1, 1>()); }
  std::uint16_t checksum() const { return load_be16(field<2, 2>()); }
  /// Echo messages.
  std::uint16_t identifier() const { return load_be16(field<4, 2>()); }
  std::uint16_t sequence() const { return load_be16(field<6, 2>()); }
  /// The second word, whatever the type makes of it.
  Field<4> rest() const { return field<4, 4>(); }
  Bytes payload() const { return payload_; }
  std::size_t header_length() const { return header_size; }

 protected:
  IcmpViewBase(Field<8> fixed, Bytes payload) : FixedFields(fixed), payload_(payload) {}

 private:
  Bytes payload_;
};

class IcmpView : public IcmpViewBase {
 public:
  static constexpr auto layer = Layer::icmp;
  static Parsed<IcmpView> parse(Bytes bytes);

  bool is_echo() const { return type() == icmp::echo_request || type() == icmp::echo_reply; }
  /// Its payload is the beginning of the packet that caused it (RFC 1122, section 3.2.2).
  bool is_error() const;
  /// Of "fragmentation needed": RFC 1191, section 4.
  std::uint16_t next_hop_mtu() const { return load_be16(field<6, 2>()); }

 private:
  using IcmpViewBase::IcmpViewBase;
};

inline Parsed<IcmpView> IcmpView::parse(Bytes bytes) {
  if (bytes.size() < header_size) return truncated(layer, header_size, bytes.size());
  return IcmpView{bytes.first<header_size>(), bytes.subspan(header_size)};
}

class Icmpv6View : public IcmpViewBase {
 public:
  static constexpr auto layer = Layer::icmpv6;
  static Parsed<Icmpv6View> parse(Bytes bytes);

  bool is_echo() const { return type() == icmpv6::echo_request || type() == icmpv6::echo_reply; }
  /// Errors are the types below 128 (RFC 4443, section 2.1).
  bool is_error() const { return type() < 128; }
  /// Of "packet too big": RFC 4443, section 3.2.
  std::uint32_t mtu() const { return load_be32(field<4, 4>()); }

 private:
  using IcmpViewBase::IcmpViewBase;
};

inline Parsed<Icmpv6View> Icmpv6View::parse(Bytes bytes) {
  if (bytes.size() < header_size) return truncated(layer, header_size, bytes.size());
  return Icmpv6View{bytes.first<header_size>(), bytes.subspan(header_size)};
}

/// The first 8 bytes; the checksum is the caller's to compute, as it covers what follows (and, in ICMPv6, addresses).
struct IcmpFields {
  std::uint8_t type = 0;
  std::uint8_t code = 0;
  std::uint16_t checksum = 0;
  std::uint32_t rest = 0;
  auto operator<=>(const IcmpFields&) const = default;
};

void write(const IcmpFields& fields, MutableField<8> out);

}  // namespace culvert::wire
