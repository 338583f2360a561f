// The bytes of rtnetlink answers as values. Netlink speaks the machine's own byte order and pads to four bytes;
// every message is a fixed header of its kind followed by attributes (length, type, value).
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "io/netlink.hpp"

namespace culvert::io {

using Datagram = std::vector<std::uint8_t>;

/// Attributes by type, views into the message. Throws std::system_error if one reaches over the end.
class Attributes {
 public:
  explicit Attributes(Bytes bytes);

  std::optional<Bytes> bytes(unsigned type) const;
  std::optional<std::uint8_t> u8(unsigned type) const;
  std::optional<std::uint16_t> u16(unsigned type) const;
  std::optional<std::uint32_t> u32(unsigned type) const;
  std::optional<IpAddress> address(unsigned type) const;  // four bytes are IPv4, sixteen IPv6
  std::string text(unsigned type) const;                  // empty if it is absent
  Attributes nested(unsigned type) const;                 // empty if it is absent

 private:
  std::map<unsigned, Bytes> values_;
};

/// What follows the netlink header in one message of a dump. Each throws std::system_error on a malformed message.
Link parse_link(Bytes body);
LinkAddress parse_address(Bytes body);
std::vector<Route> parse_route(
    Bytes body);  // one for each next hop; none for what is no way to send a packet
RoutingRule parse_rule(Bytes body);

/// Gathers the bodies of a dump's messages until the kernel says that it is done. `receive` gives one datagram at a
/// time, nullopt when the kernel had to drop some. The result is nullopt if the dump is not one consistent
/// snapshot – dropped datagrams, or tables that changed meanwhile (NLM_F_DUMP_INTR) – and must be asked for again.
std::optional<std::vector<Datagram>> collect_dump(
    const std::function<std::optional<Datagram>()>& receive, std::uint32_t sequence);

}  // namespace culvert::io
