// ChecksumSteps: the arithmetic of an Internet checksum (RFC 1071), as a person would do it on paper.
#pragma once

#include <string>

#include "wire/packet.hpp"

namespace culvert::inspect {

/// Appends the sum for every header of the packet that has a checksum, a few lines each.
///     ipv4.checksum  0x66de is right
///       4500 + 001c + ... + (0000) + ... = 19920      the field itself counts as 0
void append_checksum_steps(std::string& out, const wire::Packet& packet);

}  // namespace culvert::inspect
