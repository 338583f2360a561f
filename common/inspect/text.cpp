#include "inspect/text.hpp"

namespace culvert::inspect {

void append_hex(std::string& out, std::uint64_t number, int width) {
  char digits[20];
  const auto end = std::to_chars(digits, digits + sizeof digits, number, 16).ptr;
  out += "0x";
  for (auto missing = width - (end - digits); missing > 0; --missing) out += '0';
  out.append(digits, static_cast<std::size_t>(end - digits));
}

void append_padded(std::string& out, std::uint64_t number, int width) {
  char digits[24];
  const auto end = std::to_chars(digits, digits + sizeof digits, number).ptr;
  for (auto missing = width - (end - digits); missing > 0; --missing) out += '0';
  out.append(digits, static_cast<std::size_t>(end - digits));
}

void append_column(std::string& out, std::string_view text, std::size_t width) {
  out += text;
  if (text.size() < width) out.append(width - text.size(), ' ');
}

void append(std::string& out, Ipv4Address address) {
  const auto bytes = address.bytes();
  for (std::size_t i = 0; i < 4; ++i) {
    if (i > 0) out += '.';
    append_decimal(out, unsigned{bytes[i]});
  }
}

void append(std::string& out, const Ipv6Address& address) { out += to_string(address); }

void append(std::string& out, const IpAddress& address) {
  if (address.is_v4())
    append(out, address.as_v4());
  else
    append(out, address.as_v6());
}

void append(std::string& out, const MacAddress& address) { append_hardware(out, address.bytes()); }

void append_hex_bytes(std::string& out, Bytes bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  for (const std::uint8_t byte : bytes) {
    out += digits[byte >> 4];
    out += digits[byte & 0xfu];
  }
}

void append_hardware(std::string& out, Bytes address) {
  for (std::size_t i = 0; i < address.size(); ++i) {
    if (i > 0) out += ':';
    append_hex_bytes(out, address.subspan(i, 1));
  }
}

void append_printable(std::string& out, Bytes data) {
  for (const std::uint8_t byte : data) {
    out += byte >= 0x20 && byte < 0x7f ? static_cast<char>(byte) : '.';
  }
}

void append_text(std::string& out, Bytes data) {
  for (const std::uint8_t byte : data) {
    if (byte == '\r') continue;
    const bool keeps = (byte >= 0x20 && byte < 0x7f) || byte == '\n' || byte == '\t';
    out += keeps ? static_cast<char>(byte) : '.';
  }
}

}  // namespace culvert::inspect
