// caught by: the updated checksum is the one that summing again gives
// cause: before and after are taken for each other
#include "wire/checksum_update.hpp"

namespace culvert::wire {

std::uint16_t checksum_update(std::uint16_t checksum, std::uint16_t before, std::uint16_t after) {
  std::uint32_t sum = 0xffffu - checksum;
  sum += before;
  sum += 0xffffu - after;
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >> 16);
  return static_cast<std::uint16_t>(~sum);
}

}  // namespace culvert::wire
