// Packets in tests are written in hex; blanks and line ends are for the reader.
#pragma once

#include <stdexcept>

#include "base/bytes.hpp"

namespace culvert::test {

/// "45 00 00 1c" to {0x45, 0x00, 0x00, 0x1c}. Throws if that is not hex in whole bytes.
inline std::vector<std::uint8_t> bytes(std::string_view hex) {
  auto parsed = from_hex(hex);
  if (!parsed) throw std::invalid_argument("not hex in whole bytes");
  return *parsed;
}

}  // namespace culvert::test
