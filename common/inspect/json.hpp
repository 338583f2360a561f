// JSON: one packet's layers as the schema tundump-json/1 names them (docs/tundump.md). A field is there exactly when all its
// bytes are; nothing is invented for what is not.
#pragma once

#include <string>
#include <string_view>

#include "wire/packet.hpp"

namespace culvert::inspect {

/// Appends the array of layers: [{"type":"ipv4","offset":0,...},...]. Allocates nothing but room in `out`.
void append_json_layers(std::string& out, const wire::Packet& packet);

/// Appends `text` in quotes, with everything escaped that JSON or a terminal might take amiss.
void append_json_string(std::string& out, std::string_view text);

}  // namespace culvert::inspect
