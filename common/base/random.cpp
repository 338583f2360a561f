#include "base/random.hpp"

#include <array>
#include <cassert>
#include <limits>

namespace culvert {

std::uint32_t Random::below(std::uint32_t bound) {
  assert(bound > 0);
  // Numbers from the last, incomplete multiple of `bound` would favour the small results: draw again.
  const std::uint32_t limit = std::numeric_limits<std::uint32_t>::max() / bound * bound;
  std::array<std::uint8_t, 4> bytes{};
  std::uint32_t number = 0;
  do {
    fill(bytes);
    number = load_be32(bytes);
  } while (number >= limit);
  return number % bound;
}

}  // namespace culvert
