// Packets in tests are written in hex; blanks and line ends are for the reader.
#pragma once

#include <cctype>
#include <cstdint>
#include <stdexcept>
#include <string_view>
#include <vector>

namespace culvert::test {

/// "45 00 00 1c" to {0x45, 0x00, 0x00, 0x1c}. Throws if that is not hex in whole bytes.
inline std::vector<std::uint8_t> bytes(std::string_view hex) {
  std::vector<std::uint8_t> out;
  int high = -1;
  for (const char c : hex) {
    if (std::isspace(static_cast<unsigned char>(c))) continue;
    const auto digit = std::string_view{"0123456789abcdef"}.find(c);
    if (digit == std::string_view::npos) throw std::invalid_argument("not hex");
    if (high < 0) {
      high = static_cast<int>(digit);
    } else {
      out.push_back(static_cast<std::uint8_t>(high * 16 + static_cast<int>(digit)));
      high = -1;
    }
  }
  if (high >= 0) throw std::invalid_argument("half a byte of hex");
  return out;
}

}  // namespace culvert::test
