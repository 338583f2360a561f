// Exercise 02, ipv4-header. Copy this file to student.cpp and write the functions; README.md says what they must do.
#include "wire/ipv4.hpp"

namespace culvert::wire {

Parsed<Ipv4View> Ipv4View::parse_header(Bytes bytes) {
  if (bytes.size() < 20) return truncated(layer, 20, bytes.size());

  return Ipv4View{bytes.first<20>(), bytes};  // yours: ask before you believe
}

Parsed<Ipv4View> Ipv4View::parse(Bytes bytes) {
  return parse_header(bytes);  // yours: is the whole packet there?
}

}  // namespace culvert::wire
