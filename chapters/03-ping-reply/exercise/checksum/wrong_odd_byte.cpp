// caught by: an odd last byte is the high half of a word
// cause: the odd last byte is left out
#include "wire/checksum.hpp"

namespace culvert::wire {

std::uint16_t ones_complement_sum(Bytes bytes, std::uint16_t start) {
  std::uint32_t sum = start;
  for (std::size_t i = 0; i + 1 < bytes.size(); i += 2)
    sum += load_be16(bytes.subspan(i).first<2>());
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >> 16);
  return static_cast<std::uint16_t>(sum);
}

}  // namespace culvert::wire
