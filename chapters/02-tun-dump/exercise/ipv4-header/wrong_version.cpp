// caught by: another version is refused
// cause: the version is not checked: not every packet is IPv4
#include <algorithm>

#include "wire/ipv4.hpp"

namespace culvert::wire {

Parsed<Ipv4View> Ipv4View::parse_header(Bytes bytes) {
  if (bytes.size() < 20) return truncated(layer, 20, bytes.size());

  const auto fixed = bytes.first<20>();
  const std::size_t header = (fixed[0] & 0x0fu) * std::size_t{4};
  const std::size_t total = load_be16(fixed.subspan<2, 2>());

  if (header < 20) return bad_length(layer, {"IHL", 0}, 20, header);
  if (bytes.size() < header) return truncated(layer, {"IHL", 0}, header, bytes.size());
  if (total != 0 && total < header) return bad_length(layer, {"total length", 2}, header, total);

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
