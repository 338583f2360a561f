// TCP: the header that carries almost every download through a tunnel. RFC 9293, section 3.1.
#pragma once

#include <compare>

#include "wire/fixed_fields.hpp"
#include "wire/options.hpp"
#include "wire/parse_error.hpp"

namespace culvert::wire {

/// Read-only view of one TCP segment.
///
///      0                   1                   2                   3
///      0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |          source port          |       destination port        |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |                        sequence number                        |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |                    acknowledgment number                      |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |offset |0 0 0|A|C|E|U|A|P|R|S|F|            window             |
///     |       |     |E|W|C|R|C|S|S|Y|I|                               |
///     |       |     | |R|E|G|K|H|T|N|N|                               |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |           checksum            |        urgent pointer         |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |  options, if offset is above 5 ...
class TcpView : FixedFields<20> {
 public:
  static constexpr auto layer = Layer::tcp;
  static constexpr std::size_t min_header_size = 20;

  static constexpr unsigned fin = 1;
  static constexpr unsigned syn = 2;
  static constexpr unsigned rst = 4;
  static constexpr unsigned psh = 8;
  static constexpr unsigned ack = 16;
  static constexpr unsigned urg = 32;
  static constexpr unsigned ece = 64;
  static constexpr unsigned cwr = 128;
  static constexpr unsigned ae = 256;  // accurate ECN, once the nonce sum (RFC 9768)

  /// `bytes` end with the segment: TCP itself has no length field.
  static Parsed<TcpView> parse(Bytes bytes);

  std::uint16_t source_port() const { return load_be16(field<0, 2>()); }
  std::uint16_t destination_port() const { return load_be16(field<2, 2>()); }
  std::uint32_t sequence() const { return load_be32(field<4, 4>()); }
  std::uint32_t acknowledgment() const { return load_be32(field<8, 4>()); }
  std::size_t header_length() const { return (load_u8(field<12, 1>()) >> 4) * std::size_t{4}; }
  /// A sum of the constants above.
  unsigned flags() const { return load_be16(field<12, 2>()) & 0x1ffu; }
  bool has(unsigned flag) const { return (flags() & flag) != 0; }
  /// Not scaled by the window scale option.
  std::uint16_t window() const { return load_be16(field<14, 2>()); }
  std::uint16_t checksum() const { return load_be16(field<16, 2>()); }
  std::uint16_t urgent_pointer() const { return load_be16(field<18, 2>()); }
  OptionList options() const {
    return OptionList{segment_.subspan(min_header_size, header_length() - min_header_size)};
  }
  Bytes payload() const { return segment_.subspan(header_length()); }

 private:
  friend class Packet;
  /// For Packet::view(): its walk has found this header sound.
  static TcpView of_sound(Bytes segment) { return TcpView{segment.first<20>(), segment}; }
  TcpView(Field<20> fixed, Bytes segment) : FixedFields(fixed), segment_(segment) {}

  Bytes segment_;
};

inline Parsed<TcpView> TcpView::parse(Bytes bytes) {
  if (bytes.size() < 20) return truncated(layer, 20, bytes.size());

  const auto fixed = bytes.first<20>();
  const std::size_t header = (fixed[12] >> 4) * std::size_t{4};
  if (header < 20) return bad_length(layer, {"data offset", 12}, 20, header);
  if (bytes.size() < header) return truncated(layer, {"data offset", 12}, header, bytes.size());
  return TcpView{fixed, bytes};
}

/// Option kinds, RFC 9293 section 3.2, RFC 7323 and RFC 2018.
namespace tcp_option {
constexpr std::uint8_t max_segment_size = 2;
constexpr std::uint8_t window_scale = 3;
constexpr std::uint8_t sack_permitted = 4;
constexpr std::uint8_t sack = 5;
constexpr std::uint8_t timestamps = 8;
}  // namespace tcp_option

/// A header without options; the checksum is the caller's to compute, as it covers addresses and payload.
struct TcpFields {
  std::uint16_t source_port = 0;
  std::uint16_t destination_port = 0;
  std::uint32_t sequence = 0;
  std::uint32_t acknowledgment = 0;
  unsigned flags = 0;
  std::uint16_t window = 0;
  std::uint16_t checksum = 0;
  std::uint16_t urgent_pointer = 0;
  auto operator<=>(const TcpFields&) const = default;
};

void write(const TcpFields& fields, MutableField<20> out);

}  // namespace culvert::wire
