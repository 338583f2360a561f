#include "tunnel/sealed_tunnel.hpp"

#include "support/bytes.hpp"
#include "support/catch.hpp"
#include "support/seeded_random.hpp"

using namespace culvert;
using namespace culvert::tunnel;
using namespace std::chrono_literals;

namespace {

// A 28-byte ICMP echo from 10.0.0.2 to 10.0.0.1.
const auto ping = test::bytes(
    "45 00 00 1c 00 01 00 00 40 01 66 de 0a 00 00 02 0a 00 00 01"
    "08 00 f7 fe 00 01 00 00");
const Endpoint client_at{Ipv4Address{192, 0, 2, 2}, 40000};
const Endpoint server_at{Ipv4Address{198, 51, 100, 2}, 5000};
const Instant start{1h};

struct Pair {
  test::SeededRandom random{1};
  crypto::PresharedKey key = crypto::PresharedKey::generate(random);
  SealedTunnel client = SealedTunnel::to_peer(server_at, start, {DirectionKeys::of_client(key), 1});
  SealedTunnel server = SealedTunnel::listening({DirectionKeys::of_server(key), 1});
  PacketBuffer buffer;
  Outbox out;

  /// `packet` as it leaves `from`, or nothing.
  std::vector<std::uint8_t> sent(SealedTunnel& from, Bytes packet) {
    out.clear();
    load(packet);
    from.on_tun_packet(start, buffer, out);
    return out.datagrams.empty() ? std::vector<std::uint8_t>{} : copy(out.datagrams.front().bytes);
  }
  std::vector<std::uint8_t> hello() {
    out.clear();
    client.on_deadline(start, out);
    REQUIRE(out.datagrams.size() == 1);
    return copy(out.datagrams.front().bytes);
  }
  /// What `to` makes of a datagram.
  std::vector<std::uint8_t> received(SealedTunnel& to, const Endpoint& from, Bytes datagram) {
    out.clear();
    load(datagram);
    to.on_datagram(start, from, buffer, out);
    return out.packets.empty() ? std::vector<std::uint8_t>{} : copy(out.packets.front());
  }

 private:
  void load(Bytes bytes) {
    buffer.set_size(bytes.size());
    copy_bytes(bytes, buffer.bytes());
  }
  static std::vector<std::uint8_t> copy(Bytes bytes) { return {bytes.begin(), bytes.end()}; }
};

}  // namespace

TEST_CASE("a sealed tunnel carries a packet there and one back", "[tunnel][sealed]") {
  Pair pair;
  CHECK(pair.received(pair.server, client_at, pair.sent(pair.client, ping)) == ping);
  CHECK(pair.received(pair.client, server_at, pair.sent(pair.server, ping)) == ping);
  CHECK(pair.client.outbound().packets == 1);
  CHECK(pair.server.inbound().bytes == ping.size());
}

TEST_CASE("a sealed datagram shows nothing of the packet", "[tunnel][sealed]") {
  Pair pair;
  const auto datagram = to_hex(pair.sent(pair.client, ping));
  CHECK(datagram.find("0a000001") == std::string::npos);
  CHECK(datagram.size() == 2 * (ping.size() + 32));
}

TEST_CASE("the server learns its peer from a hello with the right key", "[tunnel][sealed]") {
  Pair pair;
  CHECK(pair.sent(pair.server, ping).empty());
  CHECK(pair.server.drops()[DropReason::no_peer_yet] == 1);
  CHECK(pair.received(pair.server, client_at, pair.hello()).empty());
  CHECK(pair.server.peer() == client_at);
}

TEST_CASE("who has no key does not become the peer", "[tunnel][sealed]") {
  Pair pair;
  pair.received(pair.server, client_at, pair.hello());
  const Endpoint stranger{Ipv4Address{203, 0, 113, 9}, 1};
  auto forged = pair.sent(pair.client, ping);
  forged.back() ^= 1;
  pair.received(pair.server, stranger, forged);
  CHECK(pair.server.peer() == client_at);
  CHECK(pair.server.drops()[DropReason::bad_tag] == 1);
}

TEST_CASE("who repeats a message does not become the peer", "[tunnel][sealed]") {
  Pair pair;
  const auto hello = pair.hello();
  pair.received(pair.server, client_at, hello);
  pair.received(pair.server, {Ipv4Address{203, 0, 113, 9}, 1}, hello);
  CHECK(pair.server.peer() == client_at);
  CHECK(pair.server.drops()[DropReason::replayed] == 1);
}

TEST_CASE("a client that moved is followed", "[tunnel][sealed]") {
  Pair pair;
  const Endpoint moved{Ipv4Address{192, 0, 2, 3}, 40001};
  pair.received(pair.server, client_at, pair.hello());
  pair.received(pair.server, moved, pair.sent(pair.client, ping));
  CHECK(pair.server.peer() == moved);
}

TEST_CASE("what is no IP packet is not carried, not even with the right key", "[tunnel][sealed]") {
  Pair pair;
  CHECK(pair.sent(pair.client, test::bytes("00 01 02 03")).empty());
  CHECK(pair.client.drops()[DropReason::not_ip] == 1);

  PacketSeal seal{DirectionKeys::of_client(pair.key), 7};
  PacketBuffer garbage;
  garbage.set_size(4);
  seal.seal(garbage);
  CHECK(pair.received(pair.server, client_at, garbage.bytes()).empty());
  CHECK(pair.server.drops()[DropReason::not_ip] == 1);
}

TEST_CASE("the client says hello every 20 seconds, each time another one", "[tunnel][sealed]") {
  Pair pair;
  CHECK(pair.client.next_deadline() == start);
  const auto first = pair.hello();
  CHECK(pair.client.next_deadline() == start + 20s);
  pair.out.clear();
  pair.client.on_deadline(start + 19s, pair.out);
  CHECK(pair.out.datagrams.empty());
  pair.client.on_deadline(start + 20s, pair.out);
  REQUIRE(pair.out.datagrams.size() == 1);
  CHECK(to_hex(pair.out.datagrams.front().bytes) != to_hex(first));
}

TEST_CASE("a sealed datagram that is too big may be cut in pieces", "[tunnel][sealed]") {
  Pair pair;
  const auto datagram = pair.sent(pair.client, ping);
  pair.out.clear();
  pair.client.on_too_big(start, 1000, datagram, pair.out);
  REQUIRE(pair.out.datagrams.size() == 1);
  CHECK(pair.out.datagrams.front().may_fragment);
  CHECK(to_hex(pair.out.datagrams.front().bytes) == to_hex(datagram));
}
