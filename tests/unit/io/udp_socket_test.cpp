#include "io/udp_socket.hpp"

#include <vector>

#include "io/clock.hpp"
#include "io/poller.hpp"
#include "support/catch.hpp"

using namespace culvert;
using namespace culvert::io;
using namespace std::chrono_literals;

namespace {

const IpAddress loopback_v4{Ipv4Address{127, 0, 0, 1}};
const IpAddress loopback_v6 = *IpAddress::parse("::1");
const Bytes greeting = as_bytes("hello");

/// Waits until `socket` has a datagram; loopback is quick, but not immediate.
std::optional<Datagram> next_datagram(UdpSocket& socket, MutableBytes buffer) {
  Poller poller;
  poller.watch(socket.fd());
  const auto event = poller.wait_until(Clock{}.now() + 5s);
  REQUIRE(event);
  REQUIRE(event->readable(socket.fd()));
  return socket.receive(buffer);
}

}  // namespace

TEST_CASE("a datagram arrives with its bytes and its sender", "[io]") {
  const IpAddress address = GENERATE(values({loopback_v4, loopback_v6}));
  CAPTURE(to_string(address));
  UdpSocket alice = UdpSocket::bind({address, 0});
  UdpSocket bob = UdpSocket::bind({address, 0});
  CHECK(alice.send(bob.local(), greeting) == SendOutcome::sent);

  std::vector<std::uint8_t> buffer(2000);
  const auto datagram = next_datagram(bob, buffer);
  REQUIRE(datagram);
  CHECK(datagram->from == alice.local());
  CHECK(to_hex(datagram->bytes) == to_hex(greeting));
}

TEST_CASE("a listening socket takes both families and knows IPv4 addresses as such", "[io]") {
  UdpSocket server = UdpSocket::listen(0);
  const std::uint16_t port = server.local().port;
  const IpAddress address = GENERATE(values({loopback_v4, loopback_v6}));
  UdpSocket client = UdpSocket::bind({address, 0});
  CHECK(client.send({address, port}, greeting) == SendOutcome::sent);

  std::vector<std::uint8_t> buffer(2000);
  const auto question = next_datagram(server, buffer);
  REQUIRE(question);
  CHECK(question->from == client.local());
  CHECK(server.send(question->from, greeting) == SendOutcome::sent);
  const auto answer = next_datagram(client, buffer);
  REQUIRE(answer);
  CHECK(answer->from == Endpoint{address, port});
}

TEST_CASE("a socket without datagrams does not wait for one", "[io]") {
  UdpSocket socket = UdpSocket::bind({loopback_v4, 0});
  std::vector<std::uint8_t> buffer(100);
  CHECK_FALSE(socket.receive(buffer));
}

TEST_CASE("a datagram above 65507 bytes is too big for IPv4, and no error", "[io]") {
  UdpSocket socket = UdpSocket::bind({loopback_v4, 0});
  CHECK(socket.send(socket.local(), std::vector<std::uint8_t>(65508)) == SendOutcome::too_big);
  CHECK(socket.send(socket.local(), greeting) == SendOutcome::sent);
}

TEST_CASE("an IPv4 socket finds no way to an IPv6 address, and no error", "[io]") {
  UdpSocket socket = UdpSocket::bind({loopback_v4, 0});
  CHECK(socket.send({loopback_v6, 5000}, greeting) == SendOutcome::unreachable);
}

TEST_CASE("a datagram to a port where nobody listens is no error, then or later", "[io]") {
  const Endpoint closed = UdpSocket::bind({loopback_v4, 0}).local();
  UdpSocket socket = UdpSocket::bind({loopback_v4, 0});
  std::vector<std::uint8_t> buffer(100);
  for (int i = 0; i < 3; ++i) {
    CHECK_NOTHROW(socket.send(closed, greeting));
    CHECK_FALSE(socket.receive(buffer));
  }
}

TEST_CASE("a port that is taken is an error that names it", "[io]") {
  const UdpSocket first = UdpSocket::bind({loopback_v4, 0});
  CHECK_THROWS_WITH(
      UdpSocket::bind(first.local()),
      Catch::Contains("listen on UDP " + to_string(first.local())) && Catch::Contains("in use"));
}

TEST_CASE("the loopback path carries what its interface carries", "[io]") {
  CHECK(path_mtu({loopback_v4, 9}).value_or(0) >= 1500);
  CHECK(path_mtu({loopback_v6, 9}).value_or(0) >= 1500);
}
