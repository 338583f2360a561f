#include "wire/checksum.hpp"

#include <bit>
#include <cstring>

namespace culvert::wire {
namespace {

/// Eight bytes in the machine's own order: one load, and the order does not matter until the end.
std::uint64_t load_native64(const std::uint8_t* bytes) {
  std::uint64_t word = 0;
  std::memcpy(&word, bytes, sizeof word);
  return word;
}

std::uint64_t add_with_carry(std::uint64_t sum, std::uint64_t word) {
  sum += word;
  return sum + (sum < word ? 1 : 0);
}

}  // namespace

// RFC 1071, section 2: a ones' complement sum may be taken in words of any width and in any byte order, as long as the
// carry comes back in at the low end; the result is folded, and its two bytes swapped, once at the end.
std::uint16_t ones_complement_sum(Bytes bytes, std::uint16_t start) {
  std::uint64_t sums[4] = {};  // four, so that no addition waits for the one before it
  const std::uint8_t* at = bytes.data();
  std::size_t left = bytes.size();

  for (; left >= 32; at += 32, left -= 32) {
    for (std::size_t i = 0; i < 4; ++i)
      sums[i] = add_with_carry(sums[i], load_native64(at + i * 8));
  }
  for (; left >= 8; at += 8, left -= 8) sums[0] = add_with_carry(sums[0], load_native64(at));
  if (left > 0) {
    std::uint64_t last = 0;
    std::memcpy(&last, at, left);  // zeros behind an odd byte: it becomes the first half of a word
    sums[1] = add_with_carry(sums[1], last);
  }

  std::uint64_t sum =
      add_with_carry(add_with_carry(sums[0], sums[1]), add_with_carry(sums[2], sums[3]));
  sum = (sum & 0xffffffffu) + (sum >> 32);
  sum = (sum & 0xffffu) + ((sum >> 16) & 0xffffu) + (sum >> 32);
  sum = (sum & 0xffffu) + (sum >> 16);
  auto folded = static_cast<std::uint16_t>((sum & 0xffffu) + (sum >> 16));
  if constexpr (std::endian::native == std::endian::little) {
    folded = static_cast<std::uint16_t>(folded << 8 | folded >> 8);
  }
  return add_ones_complement(folded, start);
}

}  // namespace culvert::wire
