#include "base/bytes.hpp"

#include <algorithm>
#include <cassert>
#include <charconv>

namespace culvert {

std::string to_hex(Bytes bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  text.reserve(bytes.size() * 2);
  for (const std::uint8_t byte : bytes) {
    text += digits[byte >> 4];
    text += digits[byte & 0x0fu];
  }
  return text;
}

std::optional<std::vector<std::uint8_t>> from_hex(std::string_view text) {
  std::vector<std::uint8_t> bytes;
  std::optional<unsigned> high;
  for (const char c : text) {
    if (c == ' ' || c == '\n' || c == '\t') continue;
    unsigned digit = 0;
    if (std::from_chars(&c, &c + 1, digit, 16).ec != std::errc{}) return std::nullopt;
    if (high) {
      bytes.push_back(static_cast<std::uint8_t>(*high << 4 | digit));
      high.reset();
    } else {
      high = digit;
    }
  }
  if (high) return std::nullopt;
  return bytes;
}

void copy_bytes(Bytes from, MutableBytes to) {
  assert(from.size() <= to.size());
  std::copy(from.begin(), from.end(), to.begin());
}

}  // namespace culvert
