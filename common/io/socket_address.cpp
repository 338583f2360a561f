#include "io/socket_address.hpp"

#include <netinet/in.h>

#include <array>
#include <cassert>
#include <cstring>

namespace culvert::io {
namespace {

constexpr std::array<std::uint8_t, 12> mapped_prefix{0, 0, 0, 0, 0,    0,
                                                     0, 0, 0, 0, 0xff, 0xff};  // RFC 4291, 2.5.5.2

template <class Sockaddr>
SocketAddress stored(const Sockaddr& address) {
  SocketAddress out;
  std::memcpy(&out.storage, &address, sizeof address);
  out.size = sizeof address;
  return out;
}

}  // namespace

SocketAddress to_socket_address(const Endpoint& endpoint, int family) {
  const Bytes bytes = endpoint.address.bytes();
  if (family == AF_INET) {
    assert(endpoint.address.is_v4());
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(endpoint.port);
    std::memcpy(&address.sin_addr, bytes.data(), bytes.size());
    return stored(address);
  }
  sockaddr_in6 address{};
  address.sin6_family = AF_INET6;
  address.sin6_port = htons(endpoint.port);
  const MutableBytes out{address.sin6_addr.s6_addr};
  if (endpoint.address.is_v4()) copy_bytes(mapped_prefix, out);
  copy_bytes(bytes, out.last(bytes.size()));
  return stored(address);
}

IpAddress unmapped(Field<16> address) {
  if (std::equal(mapped_prefix.begin(), mapped_prefix.end(), address.begin()))
    return Ipv4Address{address.last<4>()};
  return Ipv6Address{address};
}

Endpoint to_endpoint(const SocketAddress& from) {
  if (from.storage.ss_family == AF_INET) {
    sockaddr_in address{};
    std::memcpy(&address, &from.storage, sizeof address);
    return {Ipv4Address{ntohl(address.sin_addr.s_addr)}, ntohs(address.sin_port)};
  }
  assert(from.storage.ss_family == AF_INET6);
  sockaddr_in6 address{};
  std::memcpy(&address, &from.storage, sizeof address);
  return {unmapped(Field<16>{address.sin6_addr.s6_addr}), ntohs(address.sin6_port)};
}

}  // namespace culvert::io
