// Ethernet II frames and 802.1Q tags: the layer of cables and of TAP devices.
// IEEE 802.3, section 3; IEEE 802.1Q, section 9.
#pragma once

#include <compare>

#include "base/ip_address.hpp"
#include "wire/fixed_view.hpp"
#include "wire/numbers.hpp"
#include "wire/parse_error.hpp"

namespace culvert::wire {

/// Read-only view of an Ethernet II frame, without preamble and frame check sequence.
///
///      0                   1                   2                   3
///      0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |                       destination address                     |
///     |                               +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |                               |        source address         |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+                               |
///     |                                                               |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |          ether type           |  payload ...
class EthernetView : public FixedView<EthernetView, Layer::ethernet, 14> {
 public:
  using FixedView::FixedView;

  MacAddress destination() const { return MacAddress{field<0, 6>()}; }
  MacAddress source() const { return MacAddress{field<6, 6>()}; }
  /// An EtherType; a value up to 1500 is the payload's length instead (IEEE 802.3, section 3.2.6).
  std::uint16_t ether_type() const { return load_be16(field<12, 2>()); }
};

struct EthernetFields {
  MacAddress destination{};
  MacAddress source{};
  std::uint16_t ether_type = 0;
  auto operator<=>(const EthernetFields&) const = default;
};

void write(const EthernetFields& fields, MutableField<14> out);

/// Read-only view of an 802.1Q tag, which stands between the source address and the real ether type.
///
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     | pcp |D|        vlan id        |          ether type           |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
class VlanView : public FixedView<VlanView, Layer::vlan, 4> {
 public:
  using FixedView::FixedView;

  unsigned priority() const { return load_u8(field<0, 1>()) >> 5; }
  bool drop_eligible() const { return (load_u8(field<0, 1>()) & 0x10u) != 0; }
  unsigned vlan_id() const { return load_be16(field<0, 2>()) & 0x0fffu; }
  std::uint16_t ether_type() const { return load_be16(field<2, 2>()); }
};

struct VlanFields {
  unsigned priority = 0;  // 0-7
  bool drop_eligible = false;
  unsigned vlan_id = 0;  // 0-4095
  std::uint16_t ether_type = 0;
  auto operator<=>(const VlanFields&) const = default;
};

void write(const VlanFields& fields, MutableField<4> out);

}  // namespace culvert::wire
