// caught by: what was seen stays known as the window moves on
// cause: a step forward forgets what was seen: old packets pass again
#include <algorithm>

#include "tunnel/replay_window.hpp"

namespace culvert::tunnel {

bool ReplayWindow::accept(std::uint64_t counter) {
  if (counter >= reject_after_messages) return false;
  if (counter + width < highest_) return false;  // too old to know

  const std::uint64_t word = counter / bits_per_word;
  const std::uint64_t highest_word = highest_ / bits_per_word;
  if (word > highest_word) {
    // Words between the old head and the new one still carry the counters of a round ago.
    const std::uint64_t fresh = std::min(word - highest_word, words);
    for (std::uint64_t i = 1; i <= fresh; ++i) seen_[(highest_word + i) % words] = 0;
  }
  if (counter > highest_) std::ranges::fill(seen_, 0);
  highest_ = std::max(highest_, counter);

  const std::uint64_t bit = std::uint64_t{1} << counter % bits_per_word;
  std::uint64_t& bits = seen_[word % words];
  const bool is_new = (bits & bit) == 0;
  bits |= bit;
  return is_new;
}

}  // namespace culvert::tunnel
