// Numbers that IANA and IEEE assigned, for the protocols we speak.
#pragma once

#include <cstdint>

namespace culvert::wire {

/// IP protocol numbers and IPv6 next headers (one number space).
enum class Protocol : std::uint8_t {
  hop_by_hop = 0,
  icmp = 1,
  ipv4 = 4,
  tcp = 6,
  udp = 17,
  ipv6 = 41,
  routing = 43,
  fragment = 44,
  icmpv6 = 58,
  no_next_header = 59,
  destination_options = 60,
};

/// Ethernet types, IEEE 802 numbers.
enum class EtherType : std::uint16_t {
  ipv4 = 0x0800,
  arp = 0x0806,
  rarp = 0x8035,
  vlan = 0x8100,
  ipv6 = 0x86dd,
  service_vlan = 0x88a8,
  old_service_vlan = 0x9100,
};

/// What a capture's packets begin with: LINKTYPE_ numbers of the pcap file format.
enum class LinkType : std::uint16_t {
  loopback = 0,
  ethernet = 1,
  openbsd_raw_ip = 12,
  raw_ip = 101,
  openbsd_loopback = 108,
  linux_cooked = 113,
  ipv4 = 228,
  ipv6 = 229,
  linux_cooked_2 = 276,
};

constexpr std::uint16_t dns_port = 53;

}  // namespace culvert::wire
