// Hex dumps in tcpdump's layout, byte for byte.
#pragma once

#include <string>

#include "base/bytes.hpp"

namespace culvert::inspect {

/// Sixteen bytes a line, in pairs, each line begun by a tab and the offset:
///     "\t0x0000:  4500 0054 1c46 4000 4001 5209 0a08 0002\n"
void append_hex_dump(std::string& out, Bytes bytes);
/// The same with the printable characters behind it, as tcpdump -X.
void append_hex_and_text(std::string& out, Bytes bytes);

}  // namespace culvert::inspect
