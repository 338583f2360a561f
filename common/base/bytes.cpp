#include "base/bytes.hpp"

#include <algorithm>
#include <cassert>

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

void copy_bytes(Bytes from, MutableBytes to) {
  assert(from.size() <= to.size());
  std::copy(from.begin(), from.end(), to.begin());
}

}  // namespace culvert
