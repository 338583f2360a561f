// Which packets may stand in one super-packet: those that cutting it would give back, bit for bit. Everything in their
// headers is equal but for what write_headers() counts. What a kernel's GRO asks too.
#pragma once

#include <optional>

#include "base/bytes.hpp"

namespace culvert::offload {

/// A TCP or UDP packet in one piece, with what the decision needs at hand.
struct Candidate {
  /// Nothing for fragments, IPv6 with extension headers, and other protocols: they belong to no flow.
  static std::optional<Candidate> parse(Bytes packet);

  Bytes packet;
  std::size_t ip_header_length;
  std::size_t header_length;  // TCP's or UDP's included
  bool is_tcp;
  bool stays_alone;  // no payload; SYN, RST or URG; a UDP datagram without checksum

  bool is_v4() const { return packet[0] >> 4 == 4; }
  Bytes ip_header() const { return packet.first(ip_header_length); }
  Bytes segment() const { return packet.subspan(ip_header_length); }
  Bytes headers() const { return packet.first(header_length); }
  Bytes payload() const { return packet.subspan(header_length); }
  std::uint32_t sequence() const { return load_be32(segment().subspan<4, 4>()); }
  unsigned flags() const { return segment()[13]; }

  /// Addresses and ports lie side by side in both families.
  Bytes flow() const { return is_v4() ? packet.subspan(12, 8) : packet.subspan(8, 32); }
  Bytes ports() const { return segment().first(4); }
  /// Whether the IP header's and the segment's checksums are right: joining must not make a broken packet whole.
  bool is_sound() const;
};

/// A super-packet in the making.
struct Train {
  explicit Train(const Candidate& packet);
  /// `next` must continue it.
  void add(const Candidate& next);

  Candidate first;
  std::size_t count = 1;
  std::size_t size;      // of the whole super-packet, headers once
  unsigned pushing = 0;  // FIN and PSH of the last packet
  bool is_open = true;   // until a packet that has to be the last
};

/// Whether cutting the train with `next` behind it would give `next` back.
bool continues(const Train& train, const Candidate& next);

}  // namespace culvert::offload
