// UdpSender and UdpReceiver together, over loopback.
#include "io/clock.hpp"
#include "io/poller.hpp"
#include "io/udp_receiver.hpp"
#include "io/udp_sender.hpp"
#include "support/catch.hpp"
#include "support/count_allocations.hpp"

using namespace culvert;
using namespace culvert::io;
using namespace std::chrono_literals;

namespace {

using Datagrams = std::vector<std::vector<std::uint8_t>>;

/// `count` datagrams of `size` bytes that tell one from the other.
Datagrams numbered(std::size_t count, std::size_t size) {
  Datagrams datagrams;
  for (std::size_t i = 0; i < count; ++i)
    datagrams.emplace_back(size, static_cast<std::uint8_t>(i + 1));
  return datagrams;
}

void add_all(UdpSender& sender, const Endpoint& to, const Datagrams& datagrams) {
  for (const auto& datagram : datagrams) sender.add(to, datagram);
}

/// The trains that came in the order in which they came, until `count` datagrams are there.
struct Arrived {
  Datagrams datagrams;
  std::size_t trains = 0;
};

Arrived receive(UdpSocket& socket, UdpReceiver& receiver, std::size_t count) {
  Poller poller;
  poller.watch(socket.fd());
  Arrived arrived;
  while (arrived.datagrams.size() < count) {
    const auto event = poller.wait_until(Clock{}.now() + 5s);
    REQUIRE(event);
    REQUIRE(event->readable(socket.fd()));
    for (const ReceivedTrain& train : receiver.receive()) {
      ++arrived.trains;
      for (std::size_t at = 0; at < train.bytes.size(); at += train.datagram_size) {
        const auto size = std::min(train.datagram_size, train.bytes.size() - at);
        const auto datagram = train.bytes.subspan(at, size);
        arrived.datagrams.emplace_back(datagram.begin(), datagram.end());
      }
    }
  }
  return arrived;
}

struct Pair {
  UdpSocket alice = UdpSocket::bind({Ipv4Address{127, 0, 0, 1}, 0});
  UdpSocket bob = UdpSocket::listen(0);
  Endpoint to_bob{Ipv4Address{127, 0, 0, 1}, bob.local().port};
};

}  // namespace

TEST_CASE("every datagram of a batch arrives, in order, with trains and without", "[io]") {
  const bool trains = GENERATE(true, false);
  CAPTURE(trains);
  Pair pair;
  UdpReceiver receiver{pair.bob,
                       trains ? UdpReceiver::Trains::wanted : UdpReceiver::Trains::unwanted};
  UdpSender sender{pair.alice, trains ? UdpSender::Trains::wanted : UdpSender::Trains::unwanted};
  Datagrams sent = numbered(20, 1000);
  sent.push_back(std::vector<std::uint8_t>(10, 0xaa));    // ends a train
  sent.push_back(std::vector<std::uint8_t>(1200, 0xbb));  // begins another
  add_all(sender, pair.to_bob, sent);
  CHECK(sender.flush().empty());
  CHECK(receive(pair.bob, receiver, sent.size()).datagrams == sent);
}

TEST_CASE("datagrams of one size leave and arrive as one train, with one system call", "[io]") {
  Pair pair;
  UdpReceiver receiver{pair.bob, UdpReceiver::Trains::wanted};
  UdpSender sender{pair.alice, UdpSender::Trains::wanted};
  if (!sender.sends_trains() || !receiver.takes_trains()) return;  // this kernel has no trains
  const Datagrams sent = numbered(40, 1400);
  add_all(sender, pair.to_bob, sent);
  CHECK(sender.flush().empty());
  CHECK(sender.system_calls() == 1);
  CHECK(receive(pair.bob, receiver, 40).trains == 1);
}

TEST_CASE("more than one train's worth is several trains in one system call", "[io]") {
  Pair pair;
  UdpReceiver receiver{pair.bob, UdpReceiver::Trains::wanted};
  UdpSender sender{pair.alice, UdpSender::Trains::wanted};
  if (!sender.sends_trains()) return;  // this kernel has no trains
  pair.bob.set_queues(1 << 20);
  const Datagrams sent = numbered(100, 1400);  // 46 of them fill a UDP datagram
  add_all(sender, pair.to_bob, sent);
  CHECK(sender.flush().empty());
  CHECK(sender.system_calls() == 1);
  const Arrived arrived = receive(pair.bob, receiver, sent.size());
  CHECK(arrived.datagrams == sent);
  CHECK(arrived.trains == 3);
}

TEST_CASE("a datagram that cannot be sent is told of, and those around it arrive", "[io]") {
  Pair pair;
  UdpReceiver receiver{pair.bob, UdpReceiver::Trains::wanted};
  UdpSender sender{pair.alice, UdpSender::Trains::wanted};
  const Endpoint nowhere{*IpAddress::parse("2001:db8::1"), 9};  // from an IPv4 socket
  const Datagrams sent = numbered(3, 100);
  sender.add(pair.to_bob, sent[0]);
  sender.add(nowhere, sent[1]);
  sender.add(pair.to_bob, sent[2]);
  const auto refused = sender.flush();
  REQUIRE(refused.size() == 1);
  CHECK(refused[0].to == nowhere);
  CHECK(refused[0].outcome == SendOutcome::unreachable);
  CHECK(receive(pair.bob, receiver, 2).datagrams == Datagrams{sent[0], sent[2]});
}

TEST_CASE("a train longer than the path takes is refused as too big, and trains go on", "[io]") {
  Pair pair;
  UdpSender sender{pair.alice, UdpSender::Trains::wanted};
  const bool before = sender.sends_trains();
  const std::vector<std::uint8_t> giant(65507, 1);
  sender.add(pair.to_bob, giant);
  CHECK(sender.flush().empty());  // loopback's MTU is larger still
  const std::vector<std::uint8_t> impossible(70000, 1);
  sender.add(pair.to_bob, impossible);
  REQUIRE(sender.flush().size() == 1);
  CHECK(sender.sends_trains() == before);
}

TEST_CASE(
    "who cannot cut trains is asked again much later, and every datagram arrives all the same",
    "[io]") {
  Pair pair;
  UdpReceiver receiver{pair.bob, UdpReceiver::Trains::wanted};
  UdpSender sender{pair.alice, UdpSender::Trains::wanted};
  if (!sender.sends_trains()) return;           // this kernel has no trains
  const auto without_checksums = [&](int on) {  // so the kernel refuses to cut
    checked(::setsockopt(pair.alice.fd(), SOL_SOCKET, SO_NO_CHECK, &on, sizeof on),
            "set checksums");
  };
  without_checksums(1);
  const Datagrams sent = numbered(10, 1000);
  add_all(sender, pair.to_bob, sent);
  CHECK(sender.flush().empty());
  CHECK_FALSE(sender.sends_trains());
  CHECK(receive(pair.bob, receiver, sent.size()).datagrams == sent);

  without_checksums(0);
  const Endpoint nowhere{*IpAddress::parse("2001:db8::1"), 9};  // from an IPv4 socket
  for (std::size_t i = 0; i < UdpSender::alone_after_refusal; ++i) {
    CHECK_FALSE(sender.sends_trains());
    sender.add(nowhere, sent[0]);
    sender.flush();
  }
  add_all(sender, pair.to_bob, sent);
  const std::uint64_t before = sender.system_calls();
  CHECK(sender.flush().empty());
  CHECK(sender.system_calls() == before + 1);
  CHECK(receive(pair.bob, receiver, sent.size()).trains == 1);
}

TEST_CASE("a socket that moved to another port still takes trains", "[io]") {
  Pair pair;
  UdpReceiver receiver{pair.bob, UdpReceiver::Trains::wanted};
  UdpSender sender{pair.alice, UdpSender::Trains::wanted};
  if (!sender.sends_trains() || !receiver.takes_trains()) return;  // this kernel has no trains
  pair.bob.become(UdpSocket::listen(0));
  const Datagrams sent = numbered(40, 1400);
  add_all(sender, {Ipv4Address{127, 0, 0, 1}, pair.bob.local().port}, sent);
  CHECK(sender.flush().empty());
  CHECK(receive(pair.bob, receiver, 40).trains == 1);
}

TEST_CASE("after its first batch, sending and receiving allocate nothing", "[io]") {
  Pair pair;
  UdpReceiver receiver{pair.bob, UdpReceiver::Trains::wanted};
  UdpSender sender{pair.alice, UdpSender::Trains::wanted};
  const Datagrams sent = numbered(40, 1400);
  const auto batch = [&] {
    add_all(sender, pair.to_bob, sent);
    sender.flush();
    for (int tries = 0; tries < 100000 && receiver.receive().empty();) ++tries;
  };
  batch();
  CHECK(test::count_allocations(batch) == 0);
}
