#include "io/socket_address.hpp"

#include <netinet/in.h>

#include "support/catch.hpp"

using namespace culvert;
using namespace culvert::io;

TEST_CASE("an endpoint survives the way through the kernel's form", "[io]") {
  const std::string text =
      GENERATE("192.0.2.1:51820", "[2001:db8::1]:53", "255.255.255.255:65535", "[::]:0");
  const Endpoint endpoint = *Endpoint::parse(text);
  const int family = endpoint.address.is_v4() ? AF_INET : AF_INET6;
  CHECK(to_string(to_endpoint(to_socket_address(endpoint, family))) == text);
}

TEST_CASE("an IPv4 address on an IPv6 socket is a mapped one, and comes back as itself", "[io]") {
  const Endpoint endpoint = *Endpoint::parse("192.0.2.1:5000");
  const SocketAddress mapped = to_socket_address(endpoint, AF_INET6);
  CHECK(mapped.size == sizeof(sockaddr_in6));
  CHECK(to_endpoint(mapped) == endpoint);
}
