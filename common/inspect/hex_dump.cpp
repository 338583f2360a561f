#include "inspect/hex_dump.hpp"

#include <algorithm>
#include <string_view>

#include "inspect/text.hpp"

namespace culvert::inspect {
namespace {

constexpr std::size_t bytes_per_line = 16;

void append_pairs(std::string& out, Bytes line) {
  constexpr std::string_view digits = "0123456789abcdef";
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (i % 2 == 0) out += ' ';
    out += digits[line[i] >> 4];
    out += digits[line[i] & 0x0fu];
  }
}

/// Beside the digits a blank is a point too, so that every column is filled.
void append_column(std::string& out, Bytes line) {
  for (const std::uint8_t byte : line)
    out += byte > 0x20 && byte < 0x7f ? static_cast<char>(byte) : '.';
}

template <class AppendLine>
void for_each_line(std::string& out, Bytes bytes, AppendLine append_rest) {
  for (std::size_t at = 0; at < bytes.size(); at += bytes_per_line) {
    out += '\t';
    append_hex(out, at, 4);
    out += ": ";
    append_rest(bytes.subspan(at, std::min(bytes_per_line, bytes.size() - at)));
    out += '\n';
  }
}

}  // namespace

void append_hex_dump(std::string& out, Bytes bytes) {
  for_each_line(out, bytes, [&](Bytes line) { append_pairs(out, line); });
}

void append_hex_and_text(std::string& out, Bytes bytes) {
  constexpr std::size_t full_width = bytes_per_line / 2 * 5;
  for_each_line(out, bytes, [&](Bytes line) {
    const std::size_t before = out.size();
    append_pairs(out, line);
    out.append(full_width - (out.size() - before) + 2, ' ');
    append_column(out, line);
  });
}

}  // namespace culvert::inspect
