// caught by: the updated checksum is the one that summing again gives
// cause: the carry is dropped: what falls out at the top has to be added at the bottom
#include "wire/checksum_update.hpp"

namespace culvert::wire {

std::uint16_t checksum_update(std::uint16_t checksum, std::uint16_t before, std::uint16_t after) {
  std::uint32_t sum = 0xffffu - checksum;
  sum += 0xffffu - before;
  sum += after;
  return static_cast<std::uint16_t>(~sum);
}

}  // namespace culvert::wire
