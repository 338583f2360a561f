#include "wire/link.hpp"

namespace culvert::wire {

std::uint32_t LoopbackView::family() const {
  const std::uint32_t little_endian = load_le32(field<0, 4>());
  return little_endian <= 0xffff ? little_endian : load_be32(field<0, 4>());
}

}  // namespace culvert::wire
