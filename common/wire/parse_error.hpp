// What a parser answers when bytes are not what they claim: facts (layer, field, where, needed, found), never just "false".
// inspect::one_line() makes a sentence of them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/result.hpp"

namespace culvert::wire {

/// Every header we know, and `payload` for what comes after the last of them.
enum class Layer : std::uint8_t {
  ethernet,
  vlan,
  llc,
  linux_cooked,
  linux_cooked_2,
  loopback,
  arp,
  ipv4,
  ipv6,
  ipv6_hop_by_hop,
  ipv6_routing,
  ipv6_destination,
  ipv6_fragment,
  ah,
  esp,
  icmp,
  icmpv6,
  udp,
  tcp,
  gre,
  vxlan,
  dns,
  wireguard,
  tunnel_message,
  payload,
};

enum class Fault : std::uint8_t {
  none,
  truncated,    // fewer bytes than the header, or than a length field announces
  bad_version,  // a version number (or type) that this parser does not speak
  bad_length,   // a length that contradicts the header it stands in
  bad_option,   // an option of length 0 or 1, or one that runs past its header
  bad_name,     // a DNS name with a loop, a label type that does not exist, or above 255 bytes
  too_deep,     // more headers inside each other than we follow
};

/// A field of a header: its name in the specification, and the byte of the header at which it begins.
struct FieldAt {
  std::string_view name;
  std::size_t offset = 0;
};

struct ParseError {
  Layer layer;
  Fault fault;
  FieldAt field;
  std::size_t needed;  // bytes, or the value that was expected
  std::size_t found;   // bytes, or the value that was there
};

template <class T>
using Parsed = Result<T, ParseError>;

/// Fewer bytes than the fixed part of the header.
inline Failure<ParseError> truncated(Layer layer, std::size_t needed, std::size_t found) {
  return failure(ParseError{layer, Fault::truncated, {"header", 0}, needed, found});
}
/// Fewer bytes than `field` announces.
inline Failure<ParseError> truncated(Layer layer, FieldAt field, std::size_t needed,
                                     std::size_t found) {
  return failure(ParseError{layer, Fault::truncated, field, needed, found});
}
inline Failure<ParseError> bad_version(Layer layer, FieldAt field, std::size_t needed,
                                       std::size_t found) {
  return failure(ParseError{layer, Fault::bad_version, field, needed, found});
}
/// A length below its minimum, `needed`.
inline Failure<ParseError> bad_length(Layer layer, FieldAt field, std::size_t needed,
                                      std::size_t found) {
  return failure(ParseError{layer, Fault::bad_length, field, needed, found});
}

}  // namespace culvert::wire
