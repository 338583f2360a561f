#include "wire/encapsulation.hpp"

namespace culvert::wire {

Parsed<LlcView> LlcView::parse(Bytes bytes) {
  if (bytes.size() < 3) return truncated(layer, 3, bytes.size());

  const bool unnumbered = (bytes[2] & 3u) == 3;
  const bool snap = bytes[0] == 0xaa && bytes[1] == 0xaa && bytes[2] == 0x03;
  const std::size_t header = snap ? 8 : unnumbered ? 3 : 4;
  if (bytes.size() < header) return truncated(layer, {"control", 2}, header, bytes.size());
  return LlcView{bytes.first(header)};
}

Parsed<GreView> GreView::parse(Bytes bytes) {
  if (bytes.size() < 4) return truncated(layer, 4, bytes.size());

  const unsigned flags = load_be16(bytes.first<2>());
  std::size_t header = 4;
  if ((flags & 0xc000u) != 0)
    header += 4;  // one field each for checksum and routing offset, present together
  if ((flags & 0x2000u) != 0) header += 4;
  if ((flags & 0x1000u) != 0) header += 4;
  if ((flags & 7u) == 1 && (flags & 0x0080u) != 0) header += 4;
  if (bytes.size() < header) return truncated(layer, {"flags", 0}, header, bytes.size());
  return GreView{bytes.first(header)};
}

Parsed<AhView> AhView::parse(Bytes bytes) {
  if (bytes.size() < 12) return truncated(layer, 12, bytes.size());

  const AhView view{bytes.first<12>()};
  if (view.header_length() < 12)
    return bad_length(layer, {"payload length", 1}, 12, view.header_length());
  if (bytes.size() < view.header_length()) {
    return truncated(layer, {"payload length", 1}, view.header_length(), bytes.size());
  }
  return view;
}

}  // namespace culvert::wire
