// HeaderField: where each field of a header lies, by bits, with the specification's name for it. A learner's parser may be
// what is wrong, so this table asks none: it is what a failing exercise shows a packet with.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"

namespace culvert::exercise {

/// What a packet begins with.
enum class Kind { raw_ip, ethernet, tunnel_message, wireguard, plain };

enum class Form { decimal, hex, ipv4, ipv6, mac, bytes };

struct HeaderField {
  std::string_view header;  // "IPv4"
  std::string_view name;    // "header checksum"
  std::size_t bit;          // where it begins, counted from the packet's first bit
  std::size_t bits;
  Form form = Form::decimal;

  std::size_t first_byte() const { return bit / 8; }
  std::size_t last_byte() const { return (bit + bits - 1) / 8; }
};

/// The fields of all headers of a packet, outermost first; what follows the last of them is one field "data".
std::vector<HeaderField> header_fields(Kind kind, Bytes packet);

/// A field of up to 64 bits as a number; nothing if the packet ends before the field does.
std::optional<std::uint64_t> value_of(const HeaderField& field, Bytes packet);
/// "0xb1e6", "192.0.2.1", ..., or "(not there)".
std::string text_of(const HeaderField& field, Bytes packet);
/// "bytes 10-11", or "byte 8".
std::string place_of(const HeaderField& field);

}  // namespace culvert::exercise
