// caught by: a total length below the header's length is refused
// cause: a total length below the header's is believed
#include <algorithm>

#include "wire/ipv4.hpp"

namespace culvert::wire {

Parsed<Ipv4View> Ipv4View::parse_header(Bytes bytes) {
  if (bytes.size() < 20) return truncated(layer, 20, bytes.size());

  const auto fixed = bytes.first<20>();
  const std::size_t version = fixed[0] >> 4;
  const std::size_t header = (fixed[0] & 0x0fu) * std::size_t{4};
  const std::size_t total = load_be16(fixed.subspan<2, 2>());

  if (version != 4) return bad_version(layer, {"version", 0}, 4, version);
  if (header < 20) return bad_length(layer, {"IHL", 0}, 20, header);
  if (bytes.size() < header) return truncated(layer, {"IHL", 0}, header, bytes.size());

  return Ipv4View{fixed, total == 0 ? bytes : bytes.first(std::min(total, bytes.size()))};
}

Parsed<Ipv4View> Ipv4View::parse(Bytes bytes) {
  auto view = parse_header(bytes);
  if (view && view->total_length() == 0)
    return bad_length(layer, {"total length", 2}, view->header_length(), 0);
  if (view && bytes.size() < view->total_length()) {
    return truncated(layer, {"total length", 2}, view->total_length(), bytes.size());
  }
  return view;
}

}  // namespace culvert::wire
