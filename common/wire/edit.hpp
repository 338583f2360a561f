// Edit: change addresses, ports and hop counts of a packet in place. Checksums follow by RFC 1624's update, so that an
// editor never reads a payload, and a packet that was damaged before stays visibly damaged.
#pragma once

#include "base/ip_address.hpp"
#include "wire/packet.hpp"

namespace culvert::wire {

/// An IPv4 or IPv6 packet that carries TCP, UDP or ICMP echo, to be rewritten. Never changes a length.
class PacketEditor {
 public:
  /// A whole IP packet. Packets without ports (fragments, other protocols) can be edited too: has_ports() says no.
  static Parsed<PacketEditor> parse(MutableBytes packet);
  /// The beginning of a packet, quoted inside an ICMP error: whatever is there is edited.
  static Parsed<PacketEditor> parse_quoted(MutableBytes packet);

  IpAddress source() const;
  IpAddress destination() const;
  /// Of the transport header; without one, what the IP header says that it carries.
  Protocol protocol() const { return protocol_; }

  /// Of TCP and UDP the ports; an ICMP echo has one number, its identifier, which stands for both.
  bool has_ports() const { return ports_; }
  std::uint16_t source_port() const;
  std::uint16_t destination_port() const;

  /// The address must be of the packet's own family (asserted). While an IPv6 routing header leads the packet by way of
  /// others, its destination is only the next stop: the transport checksum covers the final one and stays.
  void set_source(const IpAddress& address);
  void set_destination(const IpAddress& address);
  /// Only if has_ports() (asserted).
  void set_source_port(std::uint16_t port);
  void set_destination_port(std::uint16_t port);

  /// TTL or hop limit.
  std::uint8_t hops_left() const;
  void set_hops_left(std::uint8_t hops);

 private:
  PacketEditor(MutableBytes packet, const Packet& layers);

  bool is_icmp() const { return protocol_ == Protocol::icmp || protocol_ == Protocol::icmpv6; }
  /// `covered`: the transport checksum covers this address too.
  void replace_address(std::size_t offset, const IpAddress& address, bool covered);
  void replace_port(std::size_t offset, std::uint16_t port);
  void update_transport(Bytes before, Bytes after);
  MutableField<2> word(std::size_t offset) const { return packet_.subspan(offset).first<2>(); }

  MutableBytes packet_;
  bool v4_ = true;
  Protocol protocol_{};
  std::size_t transport_ = 0;   // where the transport header begins
  std::size_t checksum_ = 0;    // where its checksum lies; 0 if it is not there
  bool covers_source_ = false;  // the transport checksum covers the source address
  bool covers_destination_ = false;
  bool ports_ = false;
};

}  // namespace culvert::wire
