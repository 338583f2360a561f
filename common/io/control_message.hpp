// Control messages: what the kernel tells, and is told, about a datagram beside its bytes: DSCP and ECN, which address of
// ours it came to or is to leave from, and how a train of datagrams is cut.
// ip(7): IP_TOS, IP_PKTINFO. ipv6(7): IPV6_TCLASS, IPV6_PKTINFO. udp(7): UDP_SEGMENT, UDP_GRO.
#pragma once

#include <sys/socket.h>

#include <array>
#include <optional>

#include "base/endpoint.hpp"

namespace culvert::io {

struct ReceivedControl {
  std::uint8_t traffic_class = 0;
  std::optional<LocalEnd> at{};
  std::size_t segment_size = 0;  // 0: no train
};

struct SentControl {
  std::uint8_t traffic_class = 0;
  std::optional<IpAddress> from{};  // of the receiver's family
  std::size_t segment_size = 0;
};

inline std::optional<IpAddress> address_in(const std::optional<LocalEnd>& end) {
  if (!end) return std::nullopt;
  return end->address;
}

/// Room for everything that we ask for or send.
struct alignas(cmsghdr) ControlRoom {
  std::array<std::uint8_t, 128> bytes;
};

/// From now on the socket's datagrams come with all that ReceivedControl has (but trains have to be asked for: UDP_GRO).
void want_control(int fd, int family);

/// Lets `message` have room for what recvmsg() tells.
void prepare_control(msghdr& message, ControlRoom& room);
ReceivedControl read_control(const msghdr& message);

/// Gives sendmsg() no more than it has to know.
void write_control(msghdr& message, ControlRoom& room, const Endpoint& to,
                   const SentControl& control);

}  // namespace culvert::io
