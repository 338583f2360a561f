// Two stories for the tests of page, lanes and text: a ping that passes a tunnel, and one that does not arrive.
#pragma once

#include "inspect/story.hpp"
#include "support/bytes.hpp"

namespace culvert::test {

inline inspect::KeptBytes kept(std::vector<std::uint8_t> bytes) {
  const std::size_t size = bytes.size();
  return {std::move(bytes), wire::LinkType::raw_ip, size};
}

/// An ICMP echo of 28 bytes from 10.0.0.1 to 10.0.0.2.
inline inspect::KeptBytes ping() {
  return kept(
      bytes("45 00 00 1c 00 01 00 00 40 01 66 de 0a 00 00 01 0a 00 00 02"
            "08 00 f7 fe 00 00 00 01"));
}

/// A WireGuard data message around 32 bytes that nobody can read.
inline inspect::KeptBytes sealed_ping() {
  auto packet = bytes(
      "45 00 00 5c 00 01 00 00 40 11 00 00 c0 00 02 02 c6 33 64 02"
      "13 88 13 88 00 48 00 00"
      "04 00 00 00 07 00 00 00 2a 00 00 00 00 00 00 00");
  packet.resize(92, 0xee);
  return kept(packet);
}

inline inspect::Story arriving() {
  return {.number = 1,
          .size = 28,
          .stations = {{.place = 0, .delay = "+0 µs", .line = "a ping", .outside = ping()},
                       {.place = 1,
                        .delay = "+61 µs",
                        .hop = "61 µs",
                        .line = "a datagram",
                        .remark = "tag right",
                        .sentences = {"encrypted: +64 bytes"},
                        .changes = {{"ipv4.ttl", "64", "63", "a router forwarded it"}},
                        .outside = sealed_ping(),
                        .inside = ping()}},
          .fate = inspect::Fate::complete};
}

inline inspect::Story lost() {
  return {.number = 2,
          .size = 28,
          .stations = {{.place = 0, .delay = "+0 µs", .line = "a ping", .outside = ping()}},
          .fate = inspect::Fate::lost,
          .end = "never seen at wire. No sign of why.",
          .missing = 1};
}

}  // namespace culvert::test
