// Text to values, as configuration files and the control protocol spell them: all of the text must be the value, or there
// is none.
#pragma once

#include <charconv>
#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace culvert::control {

/// Without the blanks around it.
std::string_view trimmed(std::string_view text);

/// The parts between the separators, trimmed; "a,,b" has an empty one, and so has "".
std::vector<std::string_view> split(std::string_view text, char separator);

/// ASCII letters only: that is all that keys are made of.
std::string lower_case(std::string_view text);

/// A decimal number without a sign, or with `base` 16 a hexadecimal one.
template <std::unsigned_integral Number>
std::optional<Number> parse_number(std::string_view text, int base = 10) {
  Number number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, base);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

/// A firewall mark or a table's number: decimal, or hexadecimal behind "0x".
std::optional<std::uint32_t> parse_mark(std::string_view text);

}  // namespace culvert::control
