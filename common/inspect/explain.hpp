// Explain: a sentence for each field of a packet: what the field is for and, where there is something to say, what its value
// means here.
#pragma once

#include <string>

#include "inspect/fields.hpp"
#include "wire/packet.hpp"

namespace culvert::inspect {

/// For one row of fields(packet, layer); empty if there is nothing to say.
std::string explain(const Row& row, const wire::Packet& packet, std::size_t layer);

}  // namespace culvert::inspect
