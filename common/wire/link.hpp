// What capture files put in front of a packet when there was no Ethernet header: Linux cooked captures (of `any` and of
// TUN devices on old systems) and the loopback header of the BSDs.
// Formats: LINKTYPE_LINUX_SLL, LINKTYPE_LINUX_SLL2, LINKTYPE_NULL and LINKTYPE_LOOP of the pcap link-type list.
#pragma once

#include <algorithm>

#include "wire/fixed_view.hpp"
#include "wire/parse_error.hpp"

namespace culvert::wire {

/// Linux cooked capture, version 1: 16 bytes.
///
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |          packet type          |      hardware (ARPHRD_)       |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |        address length         |     address (8 bytes) ...     |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+                               |
///     |                                                               |
///     |                               +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |                               |           protocol            |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
class LinuxCookedView : public FixedView<LinuxCookedView, Layer::linux_cooked, 16> {
 public:
  using FixedView::FixedView;

  std::uint16_t packet_type() const { return load_be16(field<0, 2>()); }  // 0 to us ... 4 from us
  std::uint16_t hardware() const { return load_be16(field<2, 2>()); }
  std::uint16_t address_length() const { return load_be16(field<4, 2>()); }
  Bytes address() const { return field<6, 8>().first(std::min<std::size_t>(address_length(), 8)); }
  std::uint16_t protocol() const { return load_be16(field<14, 2>()); }  // an EtherType
};

/// Linux cooked capture, version 2: 20 bytes, with the number of the interface.
///
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |           protocol            |           reserved            |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |                       interface index                         |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |      hardware (ARPHRD_)       |  packet type  |address length |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |                     address (8 bytes)                         |
///     |                                                               |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
class LinuxCooked2View : public FixedView<LinuxCooked2View, Layer::linux_cooked_2, 20> {
 public:
  using FixedView::FixedView;

  std::uint16_t protocol() const { return load_be16(field<0, 2>()); }  // an EtherType
  std::uint32_t interface_index() const { return load_be32(field<4, 4>()); }
  std::uint16_t hardware() const { return load_be16(field<8, 2>()); }
  std::uint8_t packet_type() const { return load_u8(field<10, 1>()); }
  std::uint8_t address_length() const { return load_u8(field<11, 1>()); }
  Bytes address() const { return field<12, 8>().first(std::min<std::size_t>(address_length(), 8)); }
};

/// Loopback header of the BSDs: one number, the address family, 4 bytes.
class LoopbackView : public FixedView<LoopbackView, Layer::loopback, 4> {
 public:
  using FixedView::FixedView;

  /// In the byte order of the machine that captured, which the file does not tell: families are small numbers.
  std::uint32_t family() const;
};

}  // namespace culvert::wire
