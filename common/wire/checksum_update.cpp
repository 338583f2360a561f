#include "wire/checksum_update.hpp"

#include "wire/checksum.hpp"

namespace culvert::wire {

// [tag: checksum_update]
// HC' = ~(~HC + ~m + m'). The older HC' = HC + m + ~m' of RFC 1141 looks the same but turns 0x0000 into 0xffff.
std::uint16_t checksum_update(std::uint16_t checksum, std::uint16_t before, std::uint16_t after) {
  const auto sum = static_cast<std::uint16_t>(~checksum);
  const auto without = add_ones_complement(sum, static_cast<std::uint16_t>(~before));
  return static_cast<std::uint16_t>(~add_ones_complement(without, after));
}
// [end: checksum_update]

}  // namespace culvert::wire
