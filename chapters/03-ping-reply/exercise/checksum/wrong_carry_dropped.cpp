// caught by: the carry comes back in at the low end
// cause: the carry is dropped: what falls out at the top has to be added at the bottom
#include "wire/checksum.hpp"

namespace culvert::wire {

std::uint16_t ones_complement_sum(Bytes bytes, std::uint16_t start) {
  std::uint32_t sum = start;
  std::size_t i = 0;
  for (; i + 1 < bytes.size(); i += 2) sum += load_be16(bytes.subspan(i).first<2>());
  if (i < bytes.size()) sum += static_cast<std::uint32_t>(bytes[i] << 8);
  return static_cast<std::uint16_t>(sum);
}

}  // namespace culvert::wire
