// UDP: ports and a length, nothing more. Tunnels travel in it. RFC 768.
#pragma once

#include <algorithm>
#include <compare>

#include "wire/fixed_fields.hpp"
#include "wire/parse_error.hpp"

namespace culvert::wire {

/// Read-only view of one UDP datagram.
///
///      0                   1                   2                   3
///      0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |          source port          |       destination port        |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |            length             |           checksum            |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
class UdpView : FixedFields<8> {
 public:
  static constexpr auto layer = Layer::udp;
  static constexpr std::size_t header_size = 8;

  /// A whole datagram; bytes behind its length are cut off.
  static Parsed<UdpView> parse(Bytes bytes);
  /// The header alone has to be whole.
  static Parsed<UdpView> parse_header(Bytes bytes);

  std::uint16_t source_port() const { return load_be16(field<0, 2>()); }
  std::uint16_t destination_port() const { return load_be16(field<2, 2>()); }
  /// Header and payload.
  std::uint16_t length() const { return load_be16(field<4, 2>()); }
  /// 0 says that the sender computed none (IPv4 only).
  std::uint16_t checksum() const { return load_be16(field<6, 2>()); }
  std::size_t header_length() const { return header_size; }
  /// After parse(): all of it. After parse_header(): as much as is there.
  Bytes payload() const {
    const std::size_t end = length() == 0 ? datagram_.size() : length();
    return datagram_.first(std::min(end, datagram_.size())).subspan(header_size);
  }

 private:
  friend class Packet;
  /// For Packet::view(): its walk has found this header sound.
  static UdpView of_sound(Bytes datagram) { return UdpView{datagram.first<8>(), datagram}; }
  UdpView(Field<8> fixed, Bytes datagram) : FixedFields(fixed), datagram_(datagram) {}

  Bytes datagram_;
};

inline Parsed<UdpView> UdpView::parse_header(Bytes bytes) {
  if (bytes.size() < 8) return truncated(layer, 8, bytes.size());

  const auto fixed = bytes.first<8>();
  const std::size_t length = load_be16(fixed.subspan<4, 2>());
  if (length != 0 && length < 8) return bad_length(layer, {"length", 4}, 8, length);
  return UdpView{fixed, bytes};
}

struct UdpFields {
  std::uint16_t source_port = 0;
  std::uint16_t destination_port = 0;
  std::uint16_t length = 8;
  std::uint16_t checksum = 0;
  auto operator<=>(const UdpFields&) const = default;
};

void write(const UdpFields& fields, MutableField<8> out);

}  // namespace culvert::wire
