// caught by: a sum of 0xffff gives the checksum 0x0000
// cause: equation 2 of RFC 1141 (HC + m + ~m'): it gives the other zero; RFC 1624 mends that
#include "wire/checksum_update.hpp"

namespace culvert::wire {

std::uint16_t checksum_update(std::uint16_t checksum, std::uint16_t before, std::uint16_t after) {
  std::uint32_t sum = checksum;
  sum += before;
  sum += 0xffffu - after;
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >> 16);
  return static_cast<std::uint16_t>(sum);
}

}  // namespace culvert::wire
