// Tree: every layer of a packet, every field of a layer, with the name under which other outputs know it.
#pragma once

#include <string>

#include "inspect/text.hpp"
#include "wire/packet.hpp"

namespace culvert::inspect {

enum class Explanations { none, behind_each_field };

/// Appends one line for each layer (its name and byte range) and one for each field, each with a line end.
void append_tree(std::string& out, const wire::Packet& packet, const Palette& palette = plain,
                 Explanations explanations = Explanations::none);

}  // namespace culvert::inspect
