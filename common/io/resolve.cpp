#include "io/resolve.hpp"

#include <arpa/inet.h>
#include <netdb.h>

#include <cerrno>
#include <cstring>
#include <memory>

#include "io/socket_address.hpp"

namespace culvert::io {
namespace {

Unresolved unresolved(int error) {
  const bool is_final = error == EAI_NONAME || error == EAI_FAIL || error == EAI_NODATA;
  return {error == EAI_SYSTEM ? std::strerror(errno) : ::gai_strerror(error), !is_final};
}

}  // namespace

Result<Endpoint, Unresolved> resolve(const std::string& host, std::uint16_t port) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_DGRAM;
  hints.ai_flags = AI_ADDRCONFIG;  // no IPv6 addresses on a machine that has none of its own
  if (const auto address = IpAddress::parse(host)) return Endpoint{*address, port};
  addrinfo* first = nullptr;
  const int error = ::getaddrinfo(host.c_str(), nullptr, &hints, &first);
  if (error != 0) return failure(unresolved(error));
  const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> owner{first, ::freeaddrinfo};
  SocketAddress address;
  std::memcpy(&address.storage, first->ai_addr, first->ai_addrlen);
  address.size = first->ai_addrlen;
  return Endpoint{to_endpoint(address).address, port};
}

std::optional<std::string> host_name(const IpAddress& address) {
  const SocketAddress asked = to_socket_address({address, 0}, address.is_v4() ? AF_INET : AF_INET6);
  char name[NI_MAXHOST];
  const int error =
      ::getnameinfo(asked.get(), asked.size, name, sizeof name, nullptr, 0, NI_NAMEREQD);
  return error == 0 ? std::optional<std::string>{name} : std::nullopt;
}

std::optional<std::string> service_name(const std::string& protocol, std::uint16_t port) {
  const servent* entry = ::getservbyport(htons(port), protocol.c_str());
  return entry != nullptr ? std::optional<std::string>{entry->s_name} : std::nullopt;
}

}  // namespace culvert::io
