// Endpoint <-> sockaddr: the one place that knows how the kernel spells an address and a port.
#pragma once

#include <sys/socket.h>

#include "base/endpoint.hpp"

namespace culvert::io {

struct SocketAddress {
  sockaddr_storage storage{};
  socklen_t size = sizeof(sockaddr_storage);

  sockaddr* get() { return reinterpret_cast<sockaddr*>(&storage); }
  const sockaddr* get() const { return reinterpret_cast<const sockaddr*>(&storage); }
};

/// For a socket of the given family. An AF_INET6 socket reaches IPv4 by mapped addresses, ::ffff:192.0.2.1.
SocketAddress to_socket_address(const Endpoint& endpoint, int family);

/// Mapped addresses come back as the IPv4 addresses that they are.
Endpoint to_endpoint(const SocketAddress& address);
IpAddress unmapped(Field<16> address);

}  // namespace culvert::io
