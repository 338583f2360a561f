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
  gre = 47,
  esp = 50,
  ah = 51,
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

/// EtherType fields hold a length up to this value: an 802.3 frame, with LLC behind it.
constexpr std::uint16_t max_frame_length = 1500;
/// In GRE: a whole Ethernet frame.
constexpr std::uint16_t bridged_ethernet = 0x6558;
/// In Linux cooked captures: an 802.3 frame's LLC.
constexpr std::uint16_t cooked_llc = 4;

constexpr std::uint16_t dns_port = 53;
constexpr std::uint16_t multicast_dns_port = 5353;   // RFC 6762
constexpr std::uint16_t link_local_dns_port = 5355;  // RFC 4795
constexpr std::uint16_t vxlan_port = 4789;

}  // namespace culvert::wire
