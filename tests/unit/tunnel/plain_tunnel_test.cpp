#include "tunnel/plain_tunnel.hpp"

#include "support/bytes.hpp"
#include "support/catch.hpp"
#include "wire/build.hpp"
#include "wire/icmp.hpp"
#include "wire/ipv4.hpp"
#include "wire/ipv6.hpp"
#include "wire/packet.hpp"
#include "wire/tunnel_message.hpp"

using namespace culvert;
using namespace culvert::tunnel;
using namespace std::chrono_literals;
using culvert::test::bytes;

namespace {

using Vector = std::vector<std::uint8_t>;

// A 28-byte ICMP echo from 10.0.0.1 to 10.0.0.2.
const auto ping = bytes(
    "45 00 00 1c 00 01 00 00 40 01 66 de 0a 00 00 01 0a 00 00 02"
    "08 00 f7 fe 00 01 00 00");
const auto hello = bytes("05 00 00 00");
const Endpoint alice{Ipv4Address{192, 0, 2, 2}, 40000};
const Endpoint bob{Ipv4Address{198, 51, 100, 2}, 5000};
const Endpoint mallory{Ipv4Address{203, 0, 113, 66}, 5000};
constexpr Instant start{};

PacketBuffer buffer_of(Bytes content) {
  PacketBuffer buffer;
  copy_bytes(content, buffer.writable().first(content.size()));
  buffer.set_size(content.size());
  return buffer;
}

Vector copy_of(Bytes content) { return {content.begin(), content.end()}; }

Vector message(Bytes packet) {
  Vector out = hello;
  out.insert(out.end(), packet.begin(), packet.end());
  return out;
}

/// A UDP datagram inside, `size` bytes altogether.
Vector inner_packet(std::size_t size, bool v6, bool dont_fragment = true) {
  const std::size_t headers = v6 ? 48 : 28;
  const IpAddress from = v6 ? *IpAddress::parse("fd00:10::2") : *IpAddress::parse("10.0.0.2");
  const IpAddress to =
      v6 ? *IpAddress::parse("2001:db8:203::80") : *IpAddress::parse("203.0.113.80");
  Vector out(size);
  wire::build_udp(out, {from, 1000}, {to, 2000}, Vector(size - headers));
  if (v6) return out;
  wire::write({.total_length = static_cast<std::uint16_t>(size),
               .dont_fragment = dont_fragment,
               .source = *from.v4(),
               .destination = *to.v4()},
              MutableBytes{out}.first<20>());
  return out;
}

/// What a client tunnel answers when a packet of its own, as a datagram, met a path of `path_mtu`
/// bytes.
struct TooBig {
  TooBig(const Vector& packet, std::size_t path_mtu) {
    PacketBuffer buffer = buffer_of(packet);
    tunnel.on_tun_packet(start, buffer, out);
    sent = copy_of(out.datagrams.at(0).bytes);
    out.clear();
    tunnel.on_too_big(start, path_mtu, sent, out);
  }
  Vector sent;
  Outbox out;
  PlainTunnel tunnel = PlainTunnel::to_peer(bob, start);
};

}  // namespace

TEST_CASE("a packet from the TUN device goes to the peer behind the tunnel's header",
          "[tunnel][plain]") {
  auto tunnel = PlainTunnel::to_peer(bob, start);
  PacketBuffer buffer = buffer_of(ping);
  Outbox out;
  tunnel.on_tun_packet(start, buffer, out);

  REQUIRE(out.datagrams.size() == 1);
  CHECK(out.datagrams[0].to == bob);
  CHECK(copy_of(out.datagrams[0].bytes) == message(ping));
  CHECK_FALSE(out.datagrams[0].may_fragment);
  CHECK(out.packets.empty());
  CHECK(tunnel.outbound().packets == 1);
  CHECK(tunnel.outbound().bytes == ping.size());
}

TEST_CASE("what one end wraps the other end unwraps", "[tunnel][plain]") {
  auto client = PlainTunnel::to_peer(bob, start);
  auto server = PlainTunnel::listening();
  PacketBuffer buffer = buffer_of(ping);
  Outbox out;
  client.on_tun_packet(start, buffer, out);
  out.clear();
  server.on_datagram(start, alice, buffer, out);

  REQUIRE(out.packets.size() == 1);
  CHECK(copy_of(out.packets[0]) == ping);
  CHECK(server.inbound().packets == 1);
  CHECK(server.inbound().bytes == ping.size());
}

TEST_CASE("a server has nobody to send to before the first hello", "[tunnel][plain]") {
  auto server = PlainTunnel::listening();
  PacketBuffer packet = buffer_of(ping);
  Outbox out;
  server.on_tun_packet(start, packet, out);
  CHECK(out.datagrams.empty());
  CHECK(server.drops()[DropReason::no_peer_yet] == 1);

  PacketBuffer greeting = buffer_of(hello);
  server.on_datagram(start, alice, greeting, out);
  CHECK(out.packets.empty());
  server.on_tun_packet(start, packet, out);
  REQUIRE(out.datagrams.size() == 1);
  CHECK(out.datagrams[0].to == alice);
}

TEST_CASE("a server follows its client to a new address", "[tunnel][plain]") {
  auto server = PlainTunnel::listening();
  Outbox out;
  const Endpoint elsewhere{alice.address, 40001};
  for (const Endpoint& from : {alice, elsewhere}) {
    PacketBuffer datagram = buffer_of(message(ping));
    server.on_datagram(start, from, datagram, out);
    CHECK(server.peer() == from);
  }
}

TEST_CASE("a bad message does not move a server's peer", "[tunnel][plain]") {
  auto server = PlainTunnel::listening();
  Outbox out;
  PacketBuffer greeting = buffer_of(hello);
  server.on_datagram(start, alice, greeting, out);
  for (const char* bad :
       {"", "05 00 00", "01 00 00 00", "05 00 00 00 00", "05 00 00 00 77 00 00 00"}) {
    CAPTURE(bad);
    PacketBuffer datagram = buffer_of(bytes(bad));
    server.on_datagram(start, mallory, datagram, out);
    CHECK(server.peer() == alice);
  }
  CHECK(out.packets.empty());
  CHECK(server.drops()[DropReason::bad_message] == 3);
  CHECK(server.drops()[DropReason::not_ip] == 2);
}

TEST_CASE("a client listens to nobody but its server", "[tunnel][plain]") {
  auto client = PlainTunnel::to_peer(bob, start);
  Outbox out;
  PacketBuffer datagram = buffer_of(message(ping));
  client.on_datagram(start, mallory, datagram, out);
  CHECK(out.packets.empty());
  CHECK(client.drops()[DropReason::not_the_peer] == 1);
  client.on_datagram(start, bob, datagram, out);
  CHECK(out.packets.size() == 1);
}

TEST_CASE("what is no IP packet does not enter the tunnel", "[tunnel][plain]") {
  auto tunnel = PlainTunnel::to_peer(bob, start);
  PacketBuffer garbage = buffer_of(bytes("00 01 02 03"));
  Outbox out;
  tunnel.on_tun_packet(start, garbage, out);
  CHECK(out.datagrams.empty());
  CHECK(tunnel.drops()[DropReason::not_ip] == 1);
}

TEST_CASE("a client says hello at once, and again each time before a router could forget it",
          "[tunnel][plain]") {
  auto client = PlainTunnel::to_peer(bob, start);
  Outbox out;
  REQUIRE(client.next_deadline() == start);
  client.on_deadline(start, out);
  REQUIRE(out.datagrams.size() == 1);
  CHECK(out.datagrams[0].to == bob);
  CHECK(copy_of(out.datagrams[0].bytes) == hello);

  const Instant next = start + PlainTunnel::hello_every;
  CHECK(client.next_deadline() == next);
  client.on_deadline(next - 1ns, out);
  CHECK(out.datagrams.size() == 1);
  client.on_deadline(next, out);
  CHECK(out.datagrams.size() == 2);
}

TEST_CASE("a server waits for no time", "[tunnel][plain]") {
  auto server = PlainTunnel::listening();
  Outbox out;
  CHECK_FALSE(server.next_deadline());
  server.on_deadline(start + 1h, out);
  CHECK(out.datagrams.empty());
}

TEST_CASE("an IPv4 packet with DF that is too big is answered with what fits inside",
          "[tunnel][plain]") {
  const Vector packet = inner_packet(1468, false);
  const TooBig answered{packet, 1400};
  CHECK(answered.out.datagrams.empty());
  REQUIRE(answered.out.packets.size() == 1);
  const auto answer = wire::Packet::walk(answered.out.packets[0], wire::LinkType::raw_ip);
  const auto ip = answer.get<wire::Ipv4View>();
  const auto icmp = answer.get<wire::IcmpView>();
  REQUIRE(ip);
  REQUIRE(icmp);
  CHECK(ip->destination() == Ipv4Address{10, 0, 0, 2});
  CHECK(ip->source() == Ipv4Address{203, 0, 113, 80});
  CHECK(icmp->type() == wire::icmp::destination_unreachable);
  CHECK(icmp->code() == wire::icmp::code_fragmentation_needed);
  CHECK(icmp->next_hop_mtu() == 1400 - 32);
  CHECK(copy_of(icmp->payload().first(28)) == copy_of(Bytes{packet}.first(28)));
  CHECK(answered.tunnel.drops()[DropReason::too_big] == 1);
}

TEST_CASE("an IPv6 packet that is too big is answered with packet too big", "[tunnel][plain]") {
  const TooBig answered{inner_packet(1468, true), 1400};
  REQUIRE(answered.out.packets.size() == 1);
  const auto answer = wire::Packet::walk(answered.out.packets[0], wire::LinkType::raw_ip);
  const auto icmp = answer.get<wire::Icmpv6View>();
  REQUIRE(icmp);
  CHECK(icmp->type() == wire::icmpv6::packet_too_big);
  CHECK(icmp->mtu() == 1400 - 32);
}

TEST_CASE("an IPv4 packet without DF that is too big is sent in fragments", "[tunnel][plain]") {
  const TooBig answered{inner_packet(1468, false, false), 1400};
  CHECK(answered.out.packets.empty());
  REQUIRE(answered.out.datagrams.size() == 1);
  CHECK(answered.out.datagrams[0].to == bob);
  CHECK(answered.out.datagrams[0].may_fragment);
  CHECK(copy_of(answered.out.datagrams[0].bytes) == answered.sent);
}

TEST_CASE("no sender is asked for packets smaller than every link carries", "[tunnel][plain]") {
  const TooBig small_v6{inner_packet(1280, true), 1300};
  CHECK(small_v6.out.packets.empty());
  CHECK(small_v6.out.datagrams.at(0).may_fragment);

  const TooBig big_v6{inner_packet(1281, true), 0};  // 0: the path is unknown
  REQUIRE(big_v6.out.packets.size() == 1);
  const auto answer = wire::Packet::walk(big_v6.out.packets[0], wire::LinkType::raw_ip);
  CHECK(answer.get<wire::Icmpv6View>()->mtu() == 1280);
}

TEST_CASE("an ICMP error that is too big is answered with nothing", "[tunnel][plain]") {
  Vector error = inner_packet(1468, false);
  error[9] = 1;    // protocol: ICMP
  error[20] = 11;  // type: time exceeded
  const TooBig answered{error, 1400};
  CHECK(answered.out.packets.empty());
  CHECK(answered.out.datagrams.empty());
}
