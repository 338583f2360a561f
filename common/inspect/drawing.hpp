// Drawing: a header as the RFCs draw it, 32 bits a row, filled with this packet's values.
#pragma once

#include <string>

#include "wire/packet.hpp"

namespace culvert::inspect {

/// Appends a picture of each header whose fields lie at fixed places, and a line for each other layer.
///     +-------+-------+-----------+---+-------------------------------+
///     |version|header |   DSCP    |ECN|         total length          |
///     |   4   |   5   |     0     | 0 |              84               |
///     +-------+-------+-----------+---+-------------------------------+
void append_drawing(std::string& out, const wire::Packet& packet);

}  // namespace culvert::inspect
