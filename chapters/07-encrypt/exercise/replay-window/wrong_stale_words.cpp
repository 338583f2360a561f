// caught by: a leap leaves no old bits behind
// cause: words between the old head and the new one keep their bits of a round ago
#include <algorithm>

#include "tunnel/replay_window.hpp"

namespace culvert::tunnel {

bool ReplayWindow::accept(std::uint64_t counter) {
  if (counter >= reject_after_messages) return false;
  if (counter + width < highest_) return false;  // too old to know

  const std::uint64_t word = counter / bits_per_word;
  const std::uint64_t highest_word = highest_ / bits_per_word;
  if (word > highest_word) {
    // the ring is left as it is
  }
  highest_ = std::max(highest_, counter);

  const std::uint64_t bit = std::uint64_t{1} << counter % bits_per_word;
  std::uint64_t& bits = seen_[word % words];
  const bool is_new = (bits & bit) == 0;
  bits |= bit;
  return is_new;
}

}  // namespace culvert::tunnel
