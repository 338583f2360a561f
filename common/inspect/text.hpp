// Text: appends numbers and addresses to a string that is used again for every packet, so that printing a packet costs no
// allocation; and the colours in which parts of it may be set.
#pragma once

#include <charconv>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/ip_address.hpp"

namespace culvert::inspect {

/// Escape sequences for the parts of a text; all empty means: no colour.
struct Palette {
  std::string_view time;
  std::string_view address;
  std::string_view protocol;
  std::string_view label;
  std::string_view dim;
  std::string_view warning;
  std::string_view reset;
};

inline constexpr Palette plain{};
inline constexpr Palette ansi{.time = "\033[2m",
                              .address = "\033[36m",
                              .protocol = "\033[1m",
                              .label = "\033[33m",
                              .dim = "\033[2m",
                              .warning = "\033[1;31m",
                              .reset = "\033[0m"};

template <class Integer>
void append_decimal(std::string& out, Integer number) {
  char digits[24];
  const auto end = std::to_chars(digits, digits + sizeof digits, number).ptr;
  out.append(digits, static_cast<std::size_t>(end - digits));
}

/// "0x" and at least `width` lower-case digits.
void append_hex(std::string& out, std::uint64_t number, int width);
/// Decimal with zeros in front: "007".
void append_padded(std::string& out, std::uint64_t number, int width);

/// The text, and blanks behind it up to `width` characters.
void append_column(std::string& out, std::string_view text, std::size_t width);

/// "00ff10".
void append_hex_bytes(std::string& out, Bytes bytes);
/// A hardware address of any length: "02:00:00:00:00:01".
void append_hardware(std::string& out, Bytes address);

void append(std::string& out, Ipv4Address address);
void append(std::string& out, const Ipv6Address& address);
void append(std::string& out, const IpAddress& address);
void append(std::string& out, const MacAddress& address);

/// Packet data for people: printable ASCII as it is, every other byte as a point, so that no packet can send the terminal
/// an escape sequence.
void append_printable(std::string& out, Bytes data);
/// The same with line ends and tabs kept, as tcpdump -A.
void append_text(std::string& out, Bytes data);

}  // namespace culvert::inspect
