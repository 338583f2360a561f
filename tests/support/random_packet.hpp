// Random but sound packets by seed: IPv4 and IPv6, with and without options and extension headers, TCP, UDP and ICMP
// echo, every checksum right. Property tests change them, fuzz targets begin with them.
#pragma once

#include "support/reference_checksum.hpp"
#include "support/seeded_random.hpp"
#include "wire/icmp.hpp"
#include "wire/tcp.hpp"

namespace culvert::test {

using Buffer = std::vector<std::uint8_t>;

inline void append(Buffer& to, Bytes more) { to.insert(to.end(), more.begin(), more.end()); }

inline std::uint16_t complement(std::uint16_t sum) { return static_cast<std::uint16_t>(~sum); }

/// A TCP, UDP, ICMP or ICMPv6 header with payload.
inline Buffer random_segment(SeededRandom& random, wire::Protocol protocol, const IpAddress& from,
                             const IpAddress& to) {
  const Buffer payload = random.bytes(random.below(64));
  std::size_t checksum_at = 2;
  Buffer out(8);
  if (protocol == wire::Protocol::tcp) {
    const Buffer options = random.bytes(random.below(11) * std::size_t{4});
    out.resize(20);
    write(wire::TcpFields{.source_port = random.number<std::uint16_t>(),
                          .destination_port = random.number<std::uint16_t>(),
                          .sequence = random.number<std::uint32_t>(),
                          .acknowledgment = random.number<std::uint32_t>(),
                          .flags = random.below(512),
                          .window = random.number<std::uint16_t>()},
          MutableBytes{out}.first<20>());
    out[12] = static_cast<std::uint8_t>((5 + options.size() / 4) << 4 | (out[12] & 0x0fu));
    append(out, options);
    checksum_at = 16;
  } else if (protocol == wire::Protocol::udp) {
    write(wire::UdpFields{.source_port = random.number<std::uint16_t>(),
                          .destination_port = random.number<std::uint16_t>(),
                          .length = static_cast<std::uint16_t>(8 + payload.size())},
          MutableBytes{out}.first<8>());
    checksum_at = 6;
  } else {
    const bool request = random.coin();
    const bool v4 = protocol == wire::Protocol::icmp;
    const auto type = v4 ? (request ? wire::icmp::echo_request : wire::icmp::echo_reply)
                         : (request ? wire::icmpv6::echo_request : wire::icmpv6::echo_reply);
    write(wire::IcmpFields{.type = type, .rest = random.number<std::uint32_t>()},
          MutableBytes{out}.first<8>());
  }
  append(out, payload);

  const bool without = protocol == wire::Protocol::udp && from.is_v4() && random.below(4) == 0;
  if (without) return out;  // UDP over IPv4 may go without a checksum
  const Buffer covered =
      protocol == wire::Protocol::icmp ? out : with_pseudo_header(from, to, protocol, out);
  std::uint16_t checksum = complement(reference_sum(covered));
  if (protocol == wire::Protocol::udp) checksum = wire::udp_checksum_on_wire(checksum);
  store_be16(MutableBytes{out}.subspan(checksum_at).first<2>(), checksum);
  return out;
}

inline Buffer ipv4_packet(SeededRandom& random, Ipv4Address from, Ipv4Address to,
                          wire::Protocol protocol, Bytes segment) {
  const Buffer options(random.below(4) * std::size_t{4}, wire::Option::no_operation);
  Buffer out(20);
  write(wire::Ipv4Fields{.total_length =
                             static_cast<std::uint16_t>(20 + options.size() + segment.size()),
                         .identification = random.number<std::uint16_t>(),
                         .ttl = random.number<std::uint8_t>(),
                         .protocol = protocol,
                         .source = from,
                         .destination = to},
        MutableBytes{out}.first<20>());
  append(out, options);
  out[0] = static_cast<std::uint8_t>(0x45 + options.size() / 4);
  store_be16(MutableBytes{out}.subspan<10, 2>(), 0);
  store_be16(MutableBytes{out}.subspan<10, 2>(), complement(reference_sum(out)));
  append(out, segment);
  return out;
}

inline Buffer ipv6_packet(SeededRandom& random, const Ipv6Address& from, const Ipv6Address& to,
                          wire::Protocol protocol, Bytes segment) {
  Buffer body;
  const bool options = random.coin();  // destination options: one PadN of 6 bytes
  if (options) body = {static_cast<std::uint8_t>(protocol), 0, 1, 4, 0, 0, 0, 0};
  append(body, segment);
  Buffer out(40);
  write(wire::Ipv6Fields{.traffic_class = random.below(256),
                         .flow_label = random.below(1u << 20),
                         .payload_length = static_cast<std::uint16_t>(body.size()),
                         .next_header = options ? wire::Protocol::destination_options : protocol,
                         .hop_limit = random.number<std::uint8_t>(),
                         .source = from,
                         .destination = to},
        MutableBytes{out}.first<40>());
  append(out, body);
  return out;
}

/// A whole IP packet.
inline Buffer random_packet(SeededRandom& random) {
  const bool v4 = random.coin();
  const wire::Protocol protocols[] = {wire::Protocol::tcp, wire::Protocol::udp,
                                      v4 ? wire::Protocol::icmp : wire::Protocol::icmpv6};
  const wire::Protocol protocol = protocols[random.below(3)];
  if (v4) {
    const Ipv4Address from = random.ipv4();
    const Ipv4Address to = random.ipv4();
    return ipv4_packet(random, from, to, protocol, random_segment(random, protocol, from, to));
  }
  const Ipv6Address from = random.ipv6();
  const Ipv6Address to = random.ipv6();
  return ipv6_packet(random, from, to, protocol, random_segment(random, protocol, from, to));
}

}  // namespace culvert::test
