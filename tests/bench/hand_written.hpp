// What one would write without a library, as the measure of ours: a parser with pointers that checks each length once and
// notes where everything lies, for others to read. It knows IPv4, IPv6 with extension headers, TCP and UDP; nothing else.
#pragma once

#include <cstdint>

#include "base/bytes.hpp"

namespace culvert::bench {

struct Headers {
  unsigned version;
  unsigned protocol;
  const std::uint8_t* network;    // the IP header
  const std::uint8_t* transport;  // the TCP or UDP header
  const std::uint8_t* payload;
  const std::uint8_t* end;
  std::uint16_t source_port;
  std::uint16_t destination_port;
};

/// False if a header is damaged, or if there is no TCP or UDP header: then `headers` are not all set.
bool parse_headers(Bytes packet, Headers& headers);

}  // namespace culvert::bench
