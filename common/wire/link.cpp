#include "wire/link.hpp"

namespace culvert::wire {

Parsed<LinuxCookedView> LinuxCookedView::parse(Bytes bytes) {
  if (bytes.size() < header_size) return truncated(layer, header_size, bytes.size());
  return LinuxCookedView{bytes.first<header_size>()};
}

Parsed<LinuxCooked2View> LinuxCooked2View::parse(Bytes bytes) {
  if (bytes.size() < header_size) return truncated(layer, header_size, bytes.size());
  return LinuxCooked2View{bytes.first<header_size>()};
}

Parsed<LoopbackView> LoopbackView::parse(Bytes bytes) {
  if (bytes.size() < header_size) return truncated(layer, header_size, bytes.size());
  return LoopbackView{bytes.first<header_size>()};
}

std::uint32_t LoopbackView::family() const {
  const std::uint32_t little_endian = load_le32(field<0, 4>());
  return little_endian <= 0xffff ? little_endian : load_be32(field<0, 4>());
}

}  // namespace culvert::wire
