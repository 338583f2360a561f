// caught by: the updated checksum is the one that summing again gives
// cause: the checksum stands complemented in the packet: turn it over before going on from it
#include "wire/checksum_update.hpp"

namespace culvert::wire {

std::uint16_t checksum_update(std::uint16_t checksum, std::uint16_t before, std::uint16_t after) {
  std::uint32_t sum = checksum;
  sum += 0xffffu - before;
  sum += after;
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >> 16);
  return static_cast<std::uint16_t>(~sum);
}

}  // namespace culvert::wire
