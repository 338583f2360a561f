// The checksums of a whole packet, computed the slow way: what the fast and the incremental ways must agree with.
#pragma once

#include <vector>

#include "wire/checksum.hpp"
#include "wire/ipv4.hpp"
#include "wire/ipv6.hpp"
#include "wire/packet.hpp"
#include "wire/udp.hpp"

namespace culvert::test {

/// RFC 1071, section 4.1, as one writes it first: word by word, carries folded in at the end.
inline std::uint16_t reference_sum(Bytes bytes) {
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < bytes.size(); ++i)
    sum += i % 2 == 0 ? std::uint64_t{bytes[i]} << 8 : bytes[i];
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >> 16);
  return static_cast<std::uint16_t>(sum);
}

/// The pseudo header as bytes, with the segment behind it (RFC 9293, section 3.1; RFC 8200, section 8.1).
inline std::vector<std::uint8_t> with_pseudo_header(const IpAddress& from, const IpAddress& to,
                                                    wire::Protocol protocol, Bytes segment) {
  std::vector<std::uint8_t> all(from.bytes().begin(), from.bytes().end());
  all.insert(all.end(), to.bytes().begin(), to.bytes().end());
  for (const int shift : {24, 16, 8, 0})
    all.push_back(static_cast<std::uint8_t>(segment.size() >> shift));
  all.push_back(0);
  all.push_back(static_cast<std::uint8_t>(protocol));
  all.insert(all.end(), segment.begin(), segment.end());
  return all;
}

/// True if the outermost IP header and its transport header carry right checksums. Right are also a checksum of 0 in UDP
/// over IPv4, which says that there is none, and a message of nothing but zeros, an ICMP echo reply that an update made: its
/// checksum should be the other zero, 0xffff, which nobody can know without reading the data (RFC 1624, section 3).
inline bool checksums_hold(Bytes packet) {
  const auto layers = wire::Packet::walk(packet, wire::LinkType::raw_ip);
  const auto ipv4 = layers.get<wire::Ipv4View>();
  const auto ipv6 = layers.get<wire::Ipv6View>();
  if (ipv4 && reference_sum(ipv4->header()) != 0xffff) return false;

  const wire::LayerAt* at = layers.transport();
  if (at == nullptr) return true;
  const Bytes segment = layers.bytes_of(*at);
  if (at->layer == wire::Layer::icmp)
    return reference_sum(segment) == 0xffff || reference_sum(segment) == 0;
  if (at->layer == wire::Layer::udp && ipv4 && load_be16(segment.subspan(6).first<2>()) == 0)
    return true;
  const IpAddress from = ipv4 ? IpAddress{ipv4->source()} : IpAddress{ipv6->source()};
  const IpAddress to = ipv4 ? IpAddress{ipv4->destination()} : IpAddress{ipv6->destination()};
  const auto protocol = at->layer == wire::Layer::tcp   ? wire::Protocol::tcp
                        : at->layer == wire::Layer::udp ? wire::Protocol::udp
                                                        : wire::Protocol::icmpv6;
  return reference_sum(with_pseudo_header(from, to, protocol, segment)) == 0xffff;
}

}  // namespace culvert::test
