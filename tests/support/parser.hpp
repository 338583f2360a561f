// Duties that every parser has, said once. `parse` takes Bytes and answers Parsed<some view>.
#pragma once

#include "support/bytes.hpp"
#include "support/catch.hpp"
#include "wire/parse_error.hpp"

namespace culvert::test {

/// No beginning of a good header passes for the whole, and the error says how much was there. Each beginning is a block of
/// its own on the heap, so that the address sanitizer sees a read behind its end.
template <class Parse>
void refuses_every_truncation(Bytes good, Parse parse) {
  REQUIRE(parse(good).has_value());
  for (std::size_t length = 0; length < good.size(); ++length) {
    CAPTURE(length);
    const std::vector<std::uint8_t> beginning(good.begin(),
                                              good.begin() + static_cast<std::ptrdiff_t>(length));
    const auto view = parse(Bytes{beginning});
    REQUIRE_FALSE(view.has_value());
    CHECK(view.error().fault == wire::Fault::truncated);
    CHECK(view.error().found == length);
    CHECK(view.error().needed > length);
  }
}

/// The facts that a parser answered with, in the order in which one would say them.
inline void check_error(const wire::ParseError& error, wire::Fault fault, std::string_view field,
                        std::size_t needed, std::size_t found) {
  CHECK(error.fault == fault);
  CHECK(error.field.name == field);
  CHECK(error.needed == needed);
  CHECK(error.found == found);
}

/// `good` with more bytes behind it.
inline std::vector<std::uint8_t> with_tail(std::vector<std::uint8_t> good,
                                           std::string_view hex = "de ad be ef") {
  const auto tail = bytes(hex);
  good.insert(good.end(), tail.begin(), tail.end());
  return good;
}

/// `good` with one byte replaced: how a test makes a length lie.
inline std::vector<std::uint8_t> with_byte(std::vector<std::uint8_t> good, std::size_t offset,
                                           std::uint8_t value) {
  good.at(offset) = value;
  return good;
}

inline std::vector<std::uint8_t> to_vector(Bytes bytes) { return {bytes.begin(), bytes.end()}; }

}  // namespace culvert::test
