#include "wire/ipv4.hpp"

#include <algorithm>

#include "wire/checksum.hpp"

namespace culvert::wire {

// [tag: parse]
Parsed<Ipv4View> Ipv4View::parse_header(Bytes bytes) {
  if (bytes.size() < 20) return truncated(layer, 20, bytes.size());

  const auto fixed = bytes.first<20>();
  const std::size_t version = fixed[0] >> 4;
  const std::size_t header = (fixed[0] & 0x0fu) * std::size_t{4};
  const std::size_t total = load_be16(fixed.subspan<2, 2>());

  if (version != 4) return bad_version(layer, {"version", 0}, 4, version);
  if (header < 20) return bad_length(layer, {"IHL", 0}, 20, header);
  if (bytes.size() < header) return truncated(layer, {"IHL", 0}, header, bytes.size());
  if (total != 0 && total < header) return bad_length(layer, {"total length", 2}, header, total);

  return Ipv4View{fixed, total == 0 ? bytes : bytes.first(std::min(total, bytes.size()))};
}

Parsed<Ipv4View> Ipv4View::parse(Bytes bytes) {
  auto view = parse_header(bytes);
  if (view && view->total_length() == 0) return bad_length(layer, {"total length", 2}, view->header_length(), 0);
  if (view && bytes.size() < view->total_length()) {
    return truncated(layer, {"total length", 2}, view->total_length(), bytes.size());
  }
  return view;
}
// [end: parse]

void write(const Ipv4Fields& fields, MutableField<20> out) {
  const unsigned flags = (fields.dont_fragment ? 0x4000u : 0u) | (fields.more_fragments ? 0x2000u : 0u);
  store_u8(out.subspan<0, 1>(), 0x45);
  store_u8(out.subspan<1, 1>(), static_cast<std::uint8_t>(fields.dscp << 2 | fields.ecn));
  store_be16(out.subspan<2, 2>(), fields.total_length);
  store_be16(out.subspan<4, 2>(), fields.identification);
  store_be16(out.subspan<6, 2>(), static_cast<std::uint16_t>(flags | fields.fragment_offset / 8));
  store_u8(out.subspan<8, 1>(), fields.ttl);
  store_u8(out.subspan<9, 1>(), static_cast<std::uint8_t>(fields.protocol));
  store_be16(out.subspan<10, 2>(), 0);  // the checksum counts itself as zero
  copy_bytes(fields.source.bytes(), out.subspan<12, 4>());
  copy_bytes(fields.destination.bytes(), out.subspan<16, 4>());
  store_be16(out.subspan<10, 2>(), internet_checksum(out));
}

}  // namespace culvert::wire
