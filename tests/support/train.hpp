// Super-packets by seed, as a kernel hands them out of a TUN device: IPv4 with and without options, IPv6; TCP with options
// and every flag that a train may carry, UDP; the checksum's field with the pseudo header's sum.
#pragma once

#include "offload/super_packet.hpp"
#include "support/random_packet.hpp"

namespace culvert::test {

struct Super {
  offload::VirtioHeader header;
  Buffer packet;
};

inline Buffer tcp_header(SeededRandom& random) {
  const Buffer options = random.bytes(random.below(11) * std::size_t{4});
  const unsigned ends[] = {0, wire::TcpView::psh, wire::TcpView::fin | wire::TcpView::psh};
  unsigned flags = wire::TcpView::ack | ends[random.below(3)];
  if (random.coin()) flags |= wire::TcpView::ece;
  if (random.coin()) flags |= wire::TcpView::cwr;
  Buffer out(20);
  write(wire::TcpFields{.source_port = random.number<std::uint16_t>(),
                        .destination_port = random.number<std::uint16_t>(),
                        .sequence = random.number<std::uint32_t>(),
                        .acknowledgment = random.number<std::uint32_t>(),
                        .flags = flags,
                        .window = random.number<std::uint16_t>()},
        MutableBytes{out}.first<20>());
  out[12] = static_cast<std::uint8_t>((5 + options.size() / 4) << 4);
  append(out, options);
  return out;
}

inline Buffer udp_header(SeededRandom& random, std::size_t payload) {
  Buffer out(8);
  write(wire::UdpFields{.source_port = random.number<std::uint16_t>(),
                        .destination_port = random.number<std::uint16_t>(),
                        .length = static_cast<std::uint16_t>(8 + payload)},
        MutableBytes{out}.first<8>());
  return out;
}

/// A train of at least two packets, with `segment_size` bytes of payload in each but the last.
inline Super random_super(SeededRandom& random, std::size_t segment_size) {
  const bool tcp = random.coin();
  const bool v4 = random.coin();
  const std::size_t payload =
      segment_size + 1 + random.below(static_cast<std::uint32_t>(20 * segment_size));
  Buffer segment = tcp ? tcp_header(random) : udp_header(random, payload);
  const std::size_t segment_header = segment.size();
  append(segment, random.bytes(payload));

  const auto protocol = tcp ? wire::Protocol::tcp : wire::Protocol::udp;
  const IpAddress from = v4 ? IpAddress{random.ipv4()} : IpAddress{random.ipv6()};
  const IpAddress to = v4 ? IpAddress{random.ipv4()} : IpAddress{random.ipv6()};
  const std::uint16_t checksum_offset = tcp ? 16 : 6;
  store_be16(MutableBytes{segment}.subspan(checksum_offset).first<2>(),
             wire::pseudo_header_sum(from, to, protocol, segment.size()));

  Buffer packet;
  if (v4) {
    packet = ipv4_packet(random, from.as_v4(), to.as_v4(), protocol, segment);
  } else {
    packet.resize(40);
    write(wire::Ipv6Fields{.traffic_class = random.below(256),
                           .flow_label = random.below(1u << 20),
                           .payload_length = static_cast<std::uint16_t>(segment.size()),
                           .next_header = protocol,
                           .hop_limit = random.number<std::uint8_t>(),
                           .source = from.as_v6(),
                           .destination = to.as_v6()},
          MutableBytes{packet}.first<40>());
    append(packet, segment);
  }
  const std::size_t start = packet.size() - segment.size();
  return {{.needs_checksum = true,
           .segmentation = !tcp ? offload::Segmentation::udp
                           : v4 ? offload::Segmentation::tcp_v4
                                : offload::Segmentation::tcp_v6,
           .ecn = tcp && (segment[13] & wire::TcpView::cwr) != 0,
           .header_length = static_cast<std::uint16_t>(start + segment_header),
           .segment_size = static_cast<std::uint16_t>(segment_size),
           .checksum_start = static_cast<std::uint16_t>(start),
           .checksum_offset = checksum_offset},
          packet};
}

inline Super random_super(SeededRandom& random) {
  return random_super(random, 1 + random.below(1500));
}

/// Each packet of the train in memory of its own.
inline std::vector<Buffer> split(const Super& super) {
  const auto parsed = offload::SuperPacket::parse(super.header, super.packet, super.packet.size());
  std::vector<Buffer> packets;
  for (std::size_t i = 0; parsed && i < parsed->count(); ++i) {
    Buffer& packet = packets.emplace_back(parsed->packet_size(i));
    const Bytes payload =
        Bytes{super.packet}.subspan(parsed->payload_begin(i), parsed->payload_size(i));
    copy_bytes(payload, MutableBytes{packet}.last(payload.size()));
    offload::write_headers(*parsed, i, packet);
  }
  return packets;
}

}  // namespace culvert::test
