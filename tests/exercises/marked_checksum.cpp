// A learner's right solution of exercise 03 that also says that it was asked.
#include <cstdio>

#include "wire/checksum.hpp"

namespace culvert::wire {

std::uint16_t ones_complement_sum(Bytes bytes, std::uint16_t start) {
  [[maybe_unused]] static const int said =
      std::fputs("the learner's ones_complement_sum\n", stderr);  // once
  std::uint64_t sum = start;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    sum += i % 2 == 0 ? std::uint64_t{bytes[i]} << 8 : bytes[i];
  }
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >> 16);
  return static_cast<std::uint16_t>(sum);
}

}  // namespace culvert::wire
