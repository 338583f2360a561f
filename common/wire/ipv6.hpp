// IPv6: a fixed header, then a chain of extension headers, each naming the next. RFC 8200, sections 3 and 4.
#pragma once

#include <algorithm>
#include <compare>

#include "base/ip_address.hpp"
#include "wire/fixed_view.hpp"
#include "wire/numbers.hpp"
#include "wire/parse_error.hpp"

namespace culvert::wire {

/// Read-only view of one IPv6 packet.
///
///      0                   1                   2                   3
///      0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |version| traffic class |              flow label               |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |        payload length         |  next header  |   hop limit   |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |                  source address (16 bytes)                    |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |                destination address (16 bytes)                 |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
class Ipv6View : FixedFields<40> {
 public:
  static constexpr auto layer = Layer::ipv6;
  static constexpr std::size_t header_size = 40;

  /// A whole packet; bytes behind its payload length are cut off.
  static Parsed<Ipv6View> parse(Bytes bytes);
  /// The header alone has to be whole.
  static Parsed<Ipv6View> parse_header(Bytes bytes);

  unsigned traffic_class() const { return (load_be16(field<0, 2>()) >> 4) & 0xffu; }
  unsigned dscp() const { return traffic_class() >> 2; }
  unsigned ecn() const { return traffic_class() & 3u; }
  std::uint32_t flow_label() const { return load_be32(field<0, 4>()) & 0xfffffu; }
  std::uint16_t payload_length() const { return load_be16(field<4, 2>()); }
  Protocol next_header() const { return Protocol{load_u8(field<6, 1>())}; }
  std::uint8_t hop_limit() const { return load_u8(field<7, 1>()); }
  Ipv6Address source() const { return Ipv6Address{field<8, 16>()}; }
  Ipv6Address destination() const { return Ipv6Address{field<24, 16>()}; }
  std::size_t header_length() const { return header_size; }
  std::size_t total_length() const { return header_size + payload_length(); }
  /// Extension headers included. After parse_header(): as much as is there.
  Bytes payload() const {
    return packet_.first(std::min(total_length(), packet_.size())).subspan(header_size);
  }

 private:
  friend class Packet;
  /// For Packet::view(): its walk has found this header sound.
  static Ipv6View of_sound(Bytes packet) { return Ipv6View{packet.first<40>(), packet}; }
  Ipv6View(Field<40> fixed, Bytes packet) : FixedFields(fixed), packet_(packet) {}

  Bytes packet_;
};

inline Parsed<Ipv6View> Ipv6View::parse_header(Bytes bytes) {
  if (bytes.size() < 40) return truncated(layer, 40, bytes.size());

  const auto fixed = bytes.first<40>();
  const std::size_t version = fixed[0] >> 4;
  if (version != 6) return bad_version(layer, {"version", 0}, 6, version);
  return Ipv6View{fixed, bytes};
}

struct Ipv6Fields {
  unsigned traffic_class = 0;
  std::uint32_t flow_label = 0;  // 20 bits
  std::uint16_t payload_length = 0;
  Protocol next_header = Protocol::udp;
  std::uint8_t hop_limit = 64;
  Ipv6Address source{};
  Ipv6Address destination{};
  auto operator<=>(const Ipv6Fields&) const = default;
};

void write(const Ipv6Fields& fields, MutableField<40> out);

/// Hop-by-hop options, destination options and routing headers: next header, length in units of 8 bytes beyond the
/// first 8, then what belongs to the type. RFC 8200, sections 4.3, 4.4 and 4.6.
class Ipv6ExtensionView : FixedFields<8> {
 public:
  static constexpr std::size_t min_header_size = 8;

  /// `layer` says which of them this is: it is not written in the header itself.
  static Parsed<Ipv6ExtensionView> parse(Layer layer, Bytes bytes);

  Protocol next_header() const { return Protocol{load_u8(field<0, 1>())}; }
  std::size_t header_length() const { return header_.size(); }
  /// Routing headers only.
  std::uint8_t routing_type() const { return load_u8(field<2, 1>()); }
  std::uint8_t segments_left() const { return load_u8(field<3, 1>()); }
  Bytes header() const { return header_; }

 private:
  Ipv6ExtensionView(Field<8> fixed, Bytes header) : FixedFields(fixed), header_(header) {}

  Bytes header_;
};

/// RFC 8200, section 4.5.
///
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |  next header  |   reserved    |     fragment offset     |res|M|
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |                        identification                         |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
class Ipv6FragmentView : public FixedView<Ipv6FragmentView, Layer::ipv6_fragment, 8> {
 public:
  using FixedView::FixedView;

  Protocol next_header() const { return Protocol{load_u8(field<0, 1>())}; }
  /// In bytes.
  std::size_t fragment_offset() const { return load_be16(field<2, 2>()) & 0xfff8u; }
  bool more_fragments() const { return (load_be16(field<2, 2>()) & 1u) != 0; }
  std::uint32_t identification() const { return load_be32(field<4, 4>()); }
};

}  // namespace culvert::wire
