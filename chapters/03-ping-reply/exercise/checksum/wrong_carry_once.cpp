// caught by: a carry made by the carry comes back too
// cause: the carry is added once: adding it can make a new one
#include "wire/checksum.hpp"

namespace culvert::wire {

std::uint16_t ones_complement_sum(Bytes bytes, std::uint16_t start) {
  std::uint32_t sum = start;
  std::size_t i = 0;
  for (; i + 1 < bytes.size(); i += 2) sum += load_be16(bytes.subspan(i).first<2>());
  if (i < bytes.size()) sum += static_cast<std::uint32_t>(bytes[i] << 8);
  return static_cast<std::uint16_t>((sum & 0xffff) + (sum >> 16));
}

}  // namespace culvert::wire
