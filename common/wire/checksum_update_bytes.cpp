#include <cassert>

#include "wire/checksum_update.hpp"

namespace culvert::wire {

std::uint16_t checksum_update(std::uint16_t checksum, Bytes before, Bytes after) {
  assert(before.size() == after.size() && before.size() % 2 == 0);
  for (std::size_t i = 0; i < before.size(); i += 2) {
    checksum = checksum_update(checksum, load_be16(before.subspan(i).first<2>()),
                               load_be16(after.subspan(i).first<2>()));
  }
  return checksum;
}

}  // namespace culvert::wire
