// Fields: the rows of one header, in the order of the wire: what --tree prints, and later --json, --fields and --explain.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "wire/packet.hpp"

namespace culvert::inspect {

struct Row {
  std::string_view label;  // "time to live", in words of the specification
  std::string_view name;   // "ttl": with the layer's key in front, "ipv4.ttl"
  std::string value;       // "64"
  std::string remark;      // "ok", "wrong, 0x5209 would be right", or empty
  bool alarming = false;   // the remark says that something is wrong
};

/// The rows of the layer with index `layer`. A header that could not be read gives one row with its bytes.
std::vector<Row> fields(const wire::Packet& packet, std::size_t layer);

}  // namespace culvert::inspect
