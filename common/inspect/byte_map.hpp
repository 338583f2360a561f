// ByteMap: a hex dump that says what each byte is: bytes marked by layer, byte ranges named beside, a legend below.
#pragma once

#include <string>
#include <vector>

#include "inspect/text.hpp"
#include "wire/packet.hpp"

namespace culvert::inspect {

/// A stretch of bytes with a name: "45 version 4, header length 5 words".
struct ByteNote {
  std::size_t begin = 0;  // counted from the packet's first byte
  std::size_t size = 0;
  wire::Layer layer = wire::Layer::payload;
  std::string text;
};

/// Every captured byte that belongs to a layer is in one of them, in the order of the packet.
std::vector<ByteNote> byte_notes(const wire::Packet& packet);

/// Appends the dump, sixteen bytes a line, and the legend.
void append_byte_map(std::string& out, const wire::Packet& packet, const Palette& palette = plain);

}  // namespace culvert::inspect
