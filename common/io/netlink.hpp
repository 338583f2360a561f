// What the kernel knows about this machine's network, asked over rtnetlink (RFC 3549, rtnetlink(7)): the same questions
// that `ip link`, `ip addr`, `ip route` and `ip rule` ask. Each call is one snapshot, as consistent as the kernel can tell,
// or std::system_error.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/ip_address.hpp"
#include "base/prefix.hpp"
#include "base/route.hpp"
#include "io/tun_mode.hpp"

namespace culvert::io {

/// RFC 2863, section 3.1.14, in the kernel's numbering (IF_OPER_...).
enum class OperState : std::uint8_t {
  unknown,
  not_present,
  down,
  lower_down,
  testing,
  dormant,
  up
};

/// One network interface.
struct Link {
  std::uint32_t index = 0;
  std::string name;
  std::string kind;         // "veth", "bridge", "tun", ...; empty for hardware and loopback
  std::uint16_t type = 0;   // ARPHRD_...: 1 Ethernet, 772 loopback, 65534 no link layer at all
  std::uint32_t flags = 0;  // IFF_...
  OperState state = OperState::unknown;
  std::uint32_t mtu = 0;
  std::optional<MacAddress> mac;
  std::optional<std::uint32_t> master;  // index of the bridge that it belongs to
  std::optional<std::uint32_t> peer;    // of the other end of a veth, or of what lies below a VLAN
  std::optional<std::uint16_t> vlan_id;
  std::optional<TunMode> tun_mode;

  bool is_loopback() const;
  bool is_up() const;        // somebody said `ip link set ... up`
  bool has_carrier() const;  // and there is somebody at the other end
};

/// An address of an interface.
struct LinkAddress {
  std::uint32_t interface = 0;  // index of the link
  InterfaceAddress address;
  std::optional<IpAddress> peer;  // the far end of a point-to-point link
  std::uint8_t scope = 0;         // 0 universe, 253 link, 254 host
};

std::vector<Link> links();
std::vector<LinkAddress> addresses();
std::vector<Route> routes();       // of all tables and both families
std::vector<RoutingRule> rules();  // of both families, each in the order in which they are asked

}  // namespace culvert::io
