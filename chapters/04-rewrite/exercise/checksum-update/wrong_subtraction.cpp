// caught by: the updated checksum is the one that summing again gives
// cause: plain subtraction: a borrow has to be taken at the bottom, as a carry is added there
#include "wire/checksum_update.hpp"

namespace culvert::wire {

std::uint16_t checksum_update(std::uint16_t checksum, std::uint16_t before, std::uint16_t after) {
  return static_cast<std::uint16_t>(checksum + before - after);
}

}  // namespace culvert::wire
