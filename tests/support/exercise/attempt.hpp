// Attempt: one run of one behaviour with one seed. The test tells it each step; when an expectation is not met, it explains
// itself with those steps, both values, and the mistakes that would give exactly that.
#pragma once

#include <fmt/format.h>

#include <functional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "support/exercise/causes.hpp"
#include "support/seeded_random.hpp"

namespace culvert::exercise {

/// An expectation that was not met.
struct Unmet {
  std::string text;
  std::vector<std::string> causes;  // likeliest first
  Kind kind = Kind::plain;
  std::vector<std::vector<std::uint8_t>> packets = {};  // before, expected, yours: for a capture
};

/// A value as a failing test shows it. Types of an exercise bring their own overload or a to_string().
inline std::string shown(bool value) { return value ? "yes" : "no"; }
inline std::string shown(std::string_view value) { return std::string{value}; }
inline std::string shown(const std::string& value) { return value; }
inline std::string shown(std::uint16_t value) { return fmt::format("0x{:04x}", value); }
inline std::string shown(std::size_t value) { return fmt::format("{}", value); }
inline std::string shown(int value) { return fmt::format("{}", value); }

class Attempt {
 public:
  using Listener = std::function<void(std::string_view step)>;
  Attempt(std::uint64_t seed, Listener listener) : random_(seed), listener_(std::move(listener)) {}

  /// Everything that a test makes up comes from here, so that no memorised answer passes and the seed brings it back.
  test::SeededRandom& random() { return random_; }

  /// What happens next, for the story: "24 bytes, the last word 0xffff".
  void step(std::string_view text) { listener_(text); }

  template <class T>
  void expect(std::string_view what, const T& yours, const std::type_identity_t<T>& expected,
              const std::type_identity_t<Causes<T>>& known = {}) {
    if (yours == expected) return;
    throw Unmet{fmt::format("{}: yours {}, expected {}\n", what, shown(yours), shown(expected)),
                causes_of(yours, expected, known)};
  }

  /// `known` are mistakes of this function alone; those that any packet may show are looked for anyway.
  void expect_packet(std::string_view what, const PacketDifference& packets,
                     const Causes<std::vector<std::uint8_t>>& known = {});

 private:
  test::SeededRandom random_;
  Listener listener_;
};

}  // namespace culvert::exercise
