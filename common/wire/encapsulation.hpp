// Headers that wrap another packet: what other tunnels than ours look like from outside.
// GRE: RFC 2784 and RFC 2890 (version 1: RFC 2637). VXLAN: RFC 7348. IPsec: RFC 4302 and RFC 4303. LLC and SNAP: IEEE 802.2.
#pragma once

#include <optional>

#include "wire/fixed_view.hpp"
#include "wire/numbers.hpp"
#include "wire/parse_error.hpp"

namespace culvert::wire {

/// Read-only view of an LLC header, which follows an 802.3 length; SNAP puts an EtherType behind it.
///
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |     DSAP      |     SSAP      | control (1 or 2 bytes)  ...
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     SNAP (aa aa 03): organisation (3 bytes), protocol (2 bytes)
class LlcView {
 public:
  static constexpr auto layer = Layer::llc;
  static Parsed<LlcView> parse(Bytes bytes);

  std::uint8_t destination() const { return header_[0]; }
  std::uint8_t source() const { return header_[1]; }
  /// One byte in unnumbered frames, two (the lower one first) in all others.
  std::uint16_t control() const {
    return is_unnumbered() ? header_[2] : load_le16(header_.subspan<2, 2>());
  }
  bool is_unnumbered() const { return (header_[2] & 3u) == 3; }
  bool is_snap() const { return header_.size() == 8; }
  /// SNAP only; with organisation 0 the protocol is an EtherType.
  std::uint32_t organisation() const { return load_be32(header_.subspan<2, 4>()) & 0xffffffu; }
  std::uint16_t protocol() const { return load_be16(header_.subspan<6, 2>()); }
  std::size_t header_length() const { return header_.size(); }

 private:
  explicit LlcView(Bytes header) : header_(header) {}
  Bytes header_;
};

/// Read-only view of a GRE header.
///
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |C|R|K|S|         |A|0 0 0 0| v |           protocol            |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     | checksum and routing (C or R), key (K), sequence (S), acknowledgment (A, version 1)
class GreView {
 public:
  static constexpr auto layer = Layer::gre;
  static Parsed<GreView> parse(Bytes bytes);

  unsigned version() const { return flags() & 7u; }
  std::uint16_t protocol() const { return load_be16(header_.subspan<2, 2>()); }  // an EtherType
  bool has_routing() const { return (flags() & 0x4000u) != 0; }
  std::optional<std::uint32_t> key() const { return word(0x2000, checksum_size()); }
  std::optional<std::uint32_t> sequence() const {
    return word(0x1000, checksum_size() + (has(0x2000) ? 4u : 0u));
  }
  std::size_t header_length() const { return header_.size(); }

 private:
  explicit GreView(Bytes header) : header_(header) {}

  unsigned flags() const { return load_be16(header_.first<2>()); }
  bool has(unsigned bit) const { return (flags() & bit) != 0; }
  std::size_t checksum_size() const { return has(0xc000) ? 4 : 0; }
  std::optional<std::uint32_t> word(unsigned bit, std::size_t offset) const {
    if (!has(bit)) return std::nullopt;
    return load_be32(header_.subspan(4 + offset).first<4>());
  }

  Bytes header_;
};

/// Read-only view of a VXLAN header: an Ethernet frame follows.
///
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |R|R|R|R|I|R|R|R|                   reserved                    |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |              network identifier               |   reserved    |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
class VxlanView : public FixedView<VxlanView, Layer::vxlan, 8> {
 public:
  using FixedView::FixedView;

  std::uint32_t network() const { return load_be32(field<4, 4>()) >> 8; }
};

/// Read-only view of an IPsec authentication header: what follows it is in clear.
///
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |  next header  | words minus 2 |           reserved            |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |                  security parameters index                    |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |                       sequence number                         |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |  integrity check value ...
class AhView : FixedFields<12> {
 public:
  static constexpr auto layer = Layer::ah;
  static Parsed<AhView> parse(Bytes bytes);

  Protocol next_header() const { return Protocol{load_u8(field<0, 1>())}; }
  std::size_t header_length() const { return (load_u8(field<1, 1>()) + std::size_t{2}) * 4; }
  std::uint32_t spi() const { return load_be32(field<4, 4>()); }
  std::uint32_t sequence() const { return load_be32(field<8, 4>()); }

 private:
  explicit AhView(Field<12> fixed) : FixedFields(fixed) {}
};

/// Read-only view of what can be read of an IPsec encrypted packet: two numbers.
class EspView : public FixedView<EspView, Layer::esp, 8> {
 public:
  using FixedView::FixedView;

  std::uint32_t spi() const { return load_be32(field<0, 4>()); }
  std::uint32_t sequence() const { return load_be32(field<4, 4>()); }
};

}  // namespace culvert::wire
