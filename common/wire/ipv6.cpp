#include "wire/ipv6.hpp"

#include <algorithm>

namespace culvert::wire {

Parsed<Ipv6View> Ipv6View::parse(Bytes bytes) {
  auto view = parse_header(bytes);
  if (view && bytes.size() < view->total_length()) {
    return truncated(layer, {"payload length", 4}, view->total_length(), bytes.size());
  }
  return view;
}

void write(const Ipv6Fields& fields, MutableField<40> out) {
  store_be32(out.first<4>(), 6u << 28 | fields.traffic_class << 20 | fields.flow_label);
  store_be16(out.subspan<4, 2>(), fields.payload_length);
  store_u8(out.subspan<6, 1>(), static_cast<std::uint8_t>(fields.next_header));
  store_u8(out.subspan<7, 1>(), fields.hop_limit);
  copy_bytes(fields.source.bytes(), out.subspan<8, 16>());
  copy_bytes(fields.destination.bytes(), out.subspan<24, 16>());
}

Parsed<Ipv6ExtensionView> Ipv6ExtensionView::parse(Layer layer, Bytes bytes) {
  if (bytes.size() < 8) return truncated(layer, 8, bytes.size());

  const auto fixed = bytes.first<8>();
  const std::size_t header = (fixed[1] + std::size_t{1}) * 8;
  if (bytes.size() < header) return truncated(layer, {"header length", 1}, header, bytes.size());
  return Ipv6ExtensionView{fixed, bytes.first(header)};
}

}  // namespace culvert::wire
