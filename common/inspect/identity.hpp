// Identity: recognises a packet at another place of its way, after routers and NATs have changed what they may change.
#pragma once

#include <cstdint>
#include <optional>

#include "wire/packet.hpp"

namespace culvert::inspect {

/// Equal for a packet before and after forwarding and NAT, and different for two packets with all but certainty: made of what
/// both leave alone (IPv4 identification, lengths, fragment offset, TCP numbers, ICMP sequence, the data). Nothing if the
/// packet is not IP.
std::optional<std::uint64_t> identity(const wire::Packet& packet);

}  // namespace culvert::inspect
