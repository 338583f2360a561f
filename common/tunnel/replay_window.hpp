// ReplayWindow: which counters a session has seen, so that a recorded packet, sent again, is worth nothing. Datagrams
// overtake each other; those that come late, but not too late, are still welcome (RFC 6479).
// ReplayWindow::accept stands alone in its .cpp so that a learner's own can take its place.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/fetch.hpp"
#include "tunnel/limits.hpp"

namespace culvert::tunnel {

/// A ring of bits, one for each counter, in words of 64. The word into which the highest counter falls is only partly
/// used, so the window is one word narrower than the ring:
///
///     | word 126 | word 127 | word 0 | word 1 | word 2 | ...
///       too old ^|^ seen: 0 or 1 for each     |^ highest
class ReplayWindow {
 public:
  static constexpr std::uint64_t bits_per_word = 64;
  static constexpr std::uint64_t words = 128;
  static constexpr std::uint64_t width = (words - 1) * bits_per_word;

  /// True for a counter that was not seen before, is at most `width` behind the highest one and below
  /// reject_after_messages; then it is noted. Ask only after the tag has proved the packet genuine: a forged
  /// counter would otherwise push the window away from the true ones.
  bool accept(std::uint64_t counter);

  /// That counter comes soon.
  void expect(std::uint64_t counter) const {
    fetch(&seen_[counter / bits_per_word % words], sizeof(std::uint64_t));
  }

 private:
  std::uint64_t highest_ = 0;
  // A kilobyte, of which a packet needs a word: kept elsewhere, so that sessions lie close together.
  std::vector<std::uint64_t> seen_ = std::vector<std::uint64_t>(words);
};

}  // namespace culvert::tunnel
