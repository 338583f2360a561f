// The lines of the control protocol, shared by the one who reads requests and the one who reads answers.
#pragma once

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include "base/bytes.hpp"
#include "crypto/secret.hpp"

namespace culvert::control {

struct UapiLine {
  std::string_view key;
  std::string_view value;
};

/// The next line, taken from the front of `text`; none at its end or at an empty line.
std::optional<UapiLine> next_line(std::string_view& text);

/// A key of any type from its 64 hexadecimal digits.
template <class Key>
std::optional<Key> key_from_hex(std::string_view text) {
  auto bytes = from_hex(text);
  if (!bytes || bytes->size() != 32 || text.size() != 64) return std::nullopt;
  const Key key = Key::from_bytes(Bytes{*bytes}.first<32>());
  crypto::wipe(*bytes);
  return key;
}

inline bool is_zero(Bytes bytes) {
  return std::ranges::all_of(bytes, [](std::uint8_t byte) { return byte == 0; });
}

}  // namespace culvert::control
