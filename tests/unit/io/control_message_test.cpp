// What goes with a datagram, over loopback: all of 127.0.0.0/8 is ours there.
#include "io/control_message.hpp"

#include "io/clock.hpp"
#include "io/poller.hpp"
#include "io/udp_receiver.hpp"
#include "io/udp_sender.hpp"
#include "support/catch.hpp"

using namespace culvert;
using namespace culvert::io;
using namespace std::chrono_literals;

namespace {

const Bytes greeting = as_bytes("hello");

IpAddress address(std::string_view text) { return IpAddress::parse(text).value(); }

Datagram next_datagram(UdpSocket& socket, MutableBytes buffer) {
  Poller poller;
  poller.watch(socket.fd());
  REQUIRE(poller.wait_until(Clock{}.now() + 5s)->readable(socket.fd()));
  return socket.receive(buffer).value();
}

/// Both families on one socket, and IPv4 on one of its own.
UdpSocket listener(bool both_families) {
  if (both_families) return UdpSocket::listen(0);
  return UdpSocket::bind({Ipv4Address{}, 0});
}

}  // namespace

TEST_CASE("DSCP and ECN travel with a datagram", "[io]") {
  const auto [both, to] = GENERATE(
      table<bool, std::string>({{true, "127.0.0.1"}, {true, "::1"}, {false, "127.0.0.1"}}));
  const auto traffic_class = GENERATE(values<std::uint8_t>({0x00, 0x02, 0x03, 0x88, 0xb9}));
  CAPTURE(both, to, int{traffic_class});
  UdpSocket bob = listener(both);
  UdpSocket alice = UdpSocket::for_peer({address(to), 9});

  SendOptions options;
  options.traffic_class = traffic_class;
  REQUIRE(alice.send({address(to), bob.local().port}, greeting, options) == SendOutcome::sent);

  std::array<std::uint8_t, 100> buffer{};
  CHECK(next_datagram(bob, buffer).traffic_class == traffic_class);
}

TEST_CASE("a datagram tells which address of ours it came to, and an answer leaves from there",
          "[io]") {
  const auto [both, to] = GENERATE(
      table<bool, std::string>({{true, "127.0.0.5"}, {true, "::1"}, {false, "127.0.0.5"}}));
  CAPTURE(both, to);
  UdpSocket server = listener(both);
  const Endpoint called{address(to), server.local().port};
  UdpSocket client = UdpSocket::for_peer(called);
  REQUIRE(client.send(called, greeting) == SendOutcome::sent);

  std::array<std::uint8_t, 100> buffer{};
  const Datagram question = next_datagram(server, buffer);
  REQUIRE(question.at);
  CHECK(question.at->address == called.address);
  CHECK(question.at->interface == 1);  // lo

  SendOptions options;
  options.from = question.at;
  REQUIRE(server.send(question.from, greeting, options) == SendOutcome::sent);
  CHECK(next_datagram(client, buffer).from == called);
}

TEST_CASE("an answer from an address that is ours no more leaves from another one", "[io]") {
  const auto [both, gone, to] =
      GENERATE(table<bool, std::string, std::string>({{true, "192.0.2.77", "127.0.0.1"},
                                                      {true, "2001:db8::77", "::1"},
                                                      {false, "192.0.2.77", "127.0.0.1"}}));
  CAPTURE(both, gone);
  UdpSocket server = listener(both);
  UdpSocket client = UdpSocket::bind({address(to), 0});
  SendOptions options;
  options.from = LocalEnd{address(gone), 1};
  REQUIRE(server.send(client.local(), greeting, options) == SendOutcome::sent);

  std::array<std::uint8_t, 100> buffer{};
  CHECK(next_datagram(client, buffer).from.address == address(to));
}

TEST_CASE("trains carry the same, and datagrams that differ in it make no train", "[io]") {
  UdpSocket bob = UdpSocket::listen(0);
  UdpSocket alice = UdpSocket::for_peer({address("127.0.0.1"), 9});
  UdpSender sender{alice, UdpSender::Trains::wanted};
  UdpReceiver receiver{bob, UdpReceiver::Trains::wanted};
  const Endpoint to{address("127.0.0.5"), bob.local().port};
  SendOptions plain;
  SendOptions marked;
  marked.traffic_class = 2;
  marked.from = LocalEnd{address("127.0.0.9"), 1};
  for (const SendOptions& options : {plain, plain, marked, marked})
    sender.add(to, greeting, options);
  REQUIRE(sender.flush().empty());

  Poller poller;
  poller.watch(bob.fd());
  std::size_t bytes = 0;
  while (bytes < 4 * greeting.size()) {
    REQUIRE(poller.wait_until(Clock{}.now() + 5s)->readable(bob.fd()));
    for (const ReceivedTrain& train : receiver.receive()) {
      const bool first_two = bytes < 2 * greeting.size();
      CHECK(train.traffic_class == (first_two ? 0 : 2));
      CHECK((train.from.address == address("127.0.0.9")) == !first_two);
      REQUIRE(train.at);
      CHECK(train.at->address == to.address);
      CHECK(train.datagram_size == greeting.size());
      bytes += train.bytes.size();
    }
  }
}
