// What the tunnel has to know of a packet inside: whose it is, how long it is, and its marks of congestion. It looks at the IP
// header only; all else is the business of those who sent it.
#pragma once

#include <optional>

#include "base/ip_address.hpp"

namespace culvert::tunnel {

/// The two bits that routers mark congestion with: RFC 3168, section 5.
enum class Ecn : std::uint8_t { not_capable = 0, capable_1 = 1, capable_0 = 2, congested = 3 };
constexpr Ecn ecn_of(std::uint8_t traffic_class) {
  return Ecn{static_cast<std::uint8_t>(traffic_class & 3)};
}

struct InnerPacket {
  IpAddress source;
  IpAddress destination;
  std::size_t length;  // as its header says: what lies behind is padding
  Ecn ecn;

  /// Nothing if it is neither IPv4 nor IPv6, or too short for its own header.
  static std::optional<InnerPacket> read(Bytes packet);
};

/// The outer mark of a packet on its way in: the inner one, so that routers outside may mark it too. Only "congested" stays
/// inside, or nobody could tell a new mark from an old one. RFC 6040, section 4.1; DSCP is not copied: it would tell
/// what kind of packet this is.
constexpr std::uint8_t outer_traffic_class(Ecn inner) {
  return static_cast<std::uint8_t>(inner == Ecn::congested ? Ecn::capable_0 : inner);
}

/// Hands a mark that was made outside on to the packet inside, if its ends understand marks. RFC 6040, section 4.2.
void mark_congestion(MutableBytes packet, Ecn outer);

}  // namespace culvert::tunnel
