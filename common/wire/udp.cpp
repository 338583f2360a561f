#include "wire/udp.hpp"

#include <algorithm>

namespace culvert::wire {

Parsed<UdpView> UdpView::parse(Bytes bytes) {
  auto view = parse_header(bytes);
  if (view && view->length() == 0) return bad_length(layer, {"length", 4}, 8, 0);
  if (view && bytes.size() < view->length()) {
    return truncated(layer, {"length", 4}, view->length(), bytes.size());
  }
  return view;
}

void write(const UdpFields& fields, MutableField<8> out) {
  store_be16(out.subspan<0, 2>(), fields.source_port);
  store_be16(out.subspan<2, 2>(), fields.destination_port);
  store_be16(out.subspan<4, 2>(), fields.length);
  store_be16(out.subspan<6, 2>(), fields.checksum);
}

}  // namespace culvert::wire
