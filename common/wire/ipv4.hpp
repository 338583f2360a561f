// IPv4: the header that every chapter reads, and that a NAT rewrites. RFC 791, section 3.1.
#pragma once

#include <compare>

#include "base/ip_address.hpp"
#include "wire/fixed_fields.hpp"
#include "wire/numbers.hpp"
#include "wire/options.hpp"
#include "wire/parse_error.hpp"

namespace culvert::wire {

/// Read-only view of one IPv4 packet.
/// Owning a view is the proof that every accessor stays inside the packet.
///
///      0                   1                   2                   3
///      0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |version|  IHL  |   DSCP    |ECN|         total length          |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |        identification         |0|D|M|     fragment offset     |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |  time to live |   protocol    |        header checksum        |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |                        source address                         |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |                      destination address                      |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |  options, if IHL is above 5 ...
class Ipv4View : FixedFields<20> {
 public:
  static constexpr auto layer = Layer::ipv4;
  static constexpr std::size_t min_header_size = 20;

  /// A whole packet; bytes behind its total length (Ethernet padding) are cut off.
  static Parsed<Ipv4View> parse(Bytes bytes);
  /// The header alone has to be whole: for captures and ICMP errors, which hold only a packet's beginning.
  static Parsed<Ipv4View> parse_header(Bytes bytes);

  std::size_t header_length() const { return (load_u8(field<0, 1>()) & 0x0fu) * std::size_t{4}; }
  unsigned dscp() const { return load_u8(field<1, 1>()) >> 2; }
  unsigned ecn() const { return load_u8(field<1, 1>()) & 3u; }
  std::uint16_t total_length() const { return load_be16(field<2, 2>()); }
  std::uint16_t identification() const { return load_be16(field<4, 2>()); }
  bool dont_fragment() const { return (load_u8(field<6, 1>()) & 0x40u) != 0; }
  bool more_fragments() const { return (load_u8(field<6, 1>()) & 0x20u) != 0; }
  /// In bytes (the header counts units of 8).
  std::size_t fragment_offset() const {
    return (load_be16(field<6, 2>()) & 0x1fffu) * std::size_t{8};
  }
  bool is_fragment() const { return more_fragments() || fragment_offset() != 0; }
  std::uint8_t ttl() const { return load_u8(field<8, 1>()); }
  Protocol protocol() const { return Protocol{load_u8(field<9, 1>())}; }
  std::uint16_t checksum() const { return load_be16(field<10, 2>()); }
  Ipv4Address source() const { return Ipv4Address{field<12, 4>()}; }
  Ipv4Address destination() const { return Ipv4Address{field<16, 4>()}; }
  OptionList options() const { return OptionList{header().subspan(min_header_size)}; }

  Bytes header() const { return packet_.first(header_length()); }
  /// After parse(): all of it. After parse_header(): as much as is there.
  Bytes payload() const { return packet_.subspan(header_length()); }

 private:
  friend class Packet;
  /// For Packet::view(): its walk has found this header sound.
  static Ipv4View of_sound(Bytes packet) { return Ipv4View{packet.first<20>(), packet}; }
  Ipv4View(Field<20> fixed, Bytes packet) : FixedFields(fixed), packet_(packet) {}

  Bytes packet_;
};

/// A header without options; write() computes its checksum.
struct Ipv4Fields {
  unsigned dscp = 0;
  unsigned ecn = 0;
  std::uint16_t total_length = 20;
  std::uint16_t identification = 0;
  bool dont_fragment = false;
  bool more_fragments = false;
  std::size_t fragment_offset = 0;  // bytes, a multiple of 8
  std::uint8_t ttl = 64;
  Protocol protocol = Protocol::udp;
  Ipv4Address source{};
  Ipv4Address destination{};
  auto operator<=>(const Ipv4Fields&) const = default;
};

void write(const Ipv4Fields& fields, MutableField<20> out);

}  // namespace culvert::wire
