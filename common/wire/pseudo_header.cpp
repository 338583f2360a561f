#include "wire/checksum.hpp"

namespace culvert::wire {

// [tag: pseudo_header]
std::uint16_t pseudo_header_sum(const IpAddress& source, const IpAddress& destination,
                                Protocol protocol, std::size_t length) {
  std::uint16_t sum = ones_complement_sum(source.bytes());
  sum = ones_complement_sum(destination.bytes(), sum);
  sum = add_ones_complement(sum, static_cast<std::uint16_t>(protocol));
  sum = add_ones_complement(
      sum, static_cast<std::uint16_t>(length >> 16));  // IPv6's field is 32 bits wide
  return add_ones_complement(sum, static_cast<std::uint16_t>(length & 0xffffu));
}
// [end: pseudo_header]

}  // namespace culvert::wire
