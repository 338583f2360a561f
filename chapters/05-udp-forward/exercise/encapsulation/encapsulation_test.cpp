// What the plain tunnel must do with a packet from its TUN device and with a datagram from the network.
#include <memory>

#include "support/exercise/exercise.hpp"
#include "tunnel/plain_tunnel.hpp"

using namespace culvert;
using namespace culvert::exercise;
using namespace culvert::tunnel;

namespace {

using Buffer = std::vector<std::uint8_t>;

constexpr Instant now{};

std::unique_ptr<PacketBuffer> buffer_with(Bytes bytes) {
  auto buffer = std::make_unique<PacketBuffer>();
  copy_bytes(bytes, buffer->writable());
  buffer->set_size(bytes.size());
  return buffer;
}

/// Any bytes that begin like an IP packet.
Buffer ip_packet(test::SeededRandom& random) {
  Buffer out = random.bytes(20 + random.below(200));
  out[0] = random.coin() ? std::uint8_t{0x45} : std::uint8_t{0x60};
  return out;
}

Buffer message(Bytes packet) {
  Buffer out(4 + packet.size());
  out[0] = 5;
  copy_bytes(packet, std::span{out}.subspan(4));
  return out;
}

Endpoint somebody(test::SeededRandom& random) {
  return {random.ipv4(), random.number<std::uint16_t>()};
}

std::string peer_of(const PlainTunnel& tunnel) {
  return tunnel.peer() ? to_string(*tunnel.peer()) : "nobody";
}

/// What comes in, what goes out; the buffers live as long as the outbox shows them.
struct Passage {
  explicit Passage(Bytes bytes) : buffer(buffer_with(bytes)) {}
  std::unique_ptr<PacketBuffer> buffer;
  Outbox out;
};

void wraps(Attempt& attempt) {
  const Endpoint peer = somebody(attempt.random());
  const Buffer packet = ip_packet(attempt.random());
  auto tunnel = PlainTunnel::to_peer(peer, now);
  Passage passage{packet};
  attempt.step(fmt::format("a packet of {} bytes comes out of the TUN; the peer is {}",
                           packet.size(), to_string(peer)));
  tunnel.on_tun_packet(now, *passage.buffer, passage.out);
  attempt.expect("datagrams to send", passage.out.datagrams.size(), 1,
                 {{"nothing is put into the outbox", 0}});
  Buffer swapped = message(packet);
  std::swap(swapped[0], swapped[3]);
  Buffer behind = packet;
  behind.insert(behind.end(), {5, 0, 0, 0});
  attempt.expect_packet(
      "the datagram differs",
      {Kind::tunnel_message, {}, message(packet), passage.out.datagrams[0].bytes},
      {{"the header is not there: the datagram is the bare packet", packet},
       {"the type is the first byte of the message, and yours is the last of the header", swapped},
       {"the header comes in front of the packet, and yours is behind it", behind}});
  attempt.expect("it goes to", to_string(passage.out.datagrams[0].to), to_string(peer));
}

void unwraps(Attempt& attempt) {
  const Endpoint peer = somebody(attempt.random());
  const Buffer packet = ip_packet(attempt.random());
  const Buffer datagram = message(packet);
  auto tunnel = PlainTunnel::to_peer(peer, now);
  Passage passage{datagram};
  attempt.step(fmt::format("a datagram of {} bytes comes from the peer", datagram.size()));
  tunnel.on_datagram(now, {peer}, *passage.buffer, passage.out);
  attempt.expect("packets for the TUN", passage.out.packets.size(), 1,
                 {{"nothing is put into the outbox", 0}});
  attempt.expect_packet("the packet differs",
                        {Kind::raw_ip, datagram, packet, passage.out.packets[0]},
                        {{"the header was not taken off again", datagram}});
}

void server_learns_its_peer(Attempt& attempt) {
  auto tunnel = PlainTunnel::listening();
  for (int i = 0; i < 3; ++i) {
    const Endpoint from = somebody(attempt.random());
    const std::string before = peer_of(tunnel);
    Passage passage{message(ip_packet(attempt.random()))};
    attempt.step("the client now sends from " + to_string(from));
    tunnel.on_datagram(now, {from}, *passage.buffer, passage.out);
    attempt.expect("the server's peer", peer_of(tunnel), to_string(from),
                   {{"the server does not learn where its client is", before}});
  }
}

void hello(Attempt& attempt) {
  auto tunnel = PlainTunnel::listening();
  const Endpoint from = somebody(attempt.random());
  Passage passage{message({})};
  attempt.step("a hello comes: a header with nothing behind it");
  tunnel.on_datagram(now, {from}, *passage.buffer, passage.out);
  attempt.expect("packets for the TUN", passage.out.packets.size(), 0,
                 {{"a hello was written into the TUN as an empty packet", 1}});
  attempt.expect("the server's peer", peer_of(tunnel), to_string(from),
                 {{"a hello does not tell where the client is", "nobody"}});
}

void noise(Attempt& attempt) {
  auto& random = attempt.random();
  Buffer datagram = message(ip_packet(random));
  switch (random.below(3)) {
    case 0:
      datagram[0] = static_cast<std::uint8_t>(1 + random.below(4));
      break;
    case 1:
      datagram[1 + random.below(3)] = 1;
      break;
    default:
      datagram.resize(1 + random.below(3));
  }
  auto tunnel = PlainTunnel::listening();
  Passage passage{datagram};
  attempt.step("a datagram comes that is no message of ours: " +
               to_hex(Bytes{datagram}.first(std::min<std::size_t>(datagram.size(), 8))));
  tunnel.on_datagram(now, {somebody(random)}, *passage.buffer, passage.out);
  attempt.expect("packets for the TUN", passage.out.packets.size(), 0,
                 {{"a message of another type is taken for ours", 1}});
  attempt.expect("the server's peer", peer_of(tunnel), "nobody",
                 {{"the peer is learnt before the message is known to be good: any noise takes the "
                   "tunnel over",
                   peer_of(tunnel)}});
  attempt.expect("counted as: no message of ours",
                 std::size_t{tunnel.drops()[DropReason::bad_message]}, 1,
                 {{"the drop is not counted", 0}});
}

void not_ip(Attempt& attempt) {
  Buffer packet = ip_packet(attempt.random());
  packet[0] = static_cast<std::uint8_t>(packet[0] & 0x0f);
  auto tunnel = PlainTunnel::to_peer(somebody(attempt.random()), now);
  Passage passage{packet};
  attempt.step("something of version 0 comes out of the TUN");
  tunnel.on_tun_packet(now, *passage.buffer, passage.out);
  attempt.expect("datagrams to send", passage.out.datagrams.size(), 0,
                 {{"what is no IP packet is sent all the same", 1}});
}

void nobody_yet(Attempt& attempt) {
  auto tunnel = PlainTunnel::listening();
  Passage passage{ip_packet(attempt.random())};
  attempt.step("a packet comes out of the server's TUN before any client has said hello");
  if (tunnel.peer()) return;
  tunnel.on_tun_packet(now, *passage.buffer, passage.out);
  attempt.expect("datagrams to send", passage.out.datagrams.size(), 0);
  attempt.expect("counted as: no peer yet", std::size_t{tunnel.drops()[DropReason::no_peer_yet]}, 1,
                 {{"the drop is not counted", 0}});
}

void strangers(Attempt& attempt) {
  const Endpoint peer = somebody(attempt.random());
  Endpoint stranger = peer;
  stranger.port = static_cast<std::uint16_t>(stranger.port ^ 1u);
  auto tunnel = PlainTunnel::to_peer(peer, now);
  Passage passage{message(ip_packet(attempt.random()))};
  attempt.step("the peer is " + to_string(peer) + "; a datagram comes from " + to_string(stranger));
  tunnel.on_datagram(now, {stranger}, *passage.buffer, passage.out);
  attempt.expect(
      "packets for the TUN", passage.out.packets.size(), 0,
      {{"a stranger's packet is believed: the peer was given, and it is somebody else", 1}});
}

}  // namespace

int main(int argc, char** argv) {
  return run_exercise(
      {"05",
       "encapsulation",
       {{"a packet is wrapped: our header in front, everything else as it was",
         "tunnel_message.hpp", wraps},
        {"a datagram is unwrapped", "tunnel_message.hpp", unwraps},
        {"the server's peer is whoever sent the last good message", "plain_tunnel.hpp",
         server_learns_its_peer},
        {"a hello tells where the client is and carries no packet", "tunnel_message.hpp", hello},
        {"what is no message of ours changes nothing and is counted", "tunnel_message.hpp", noise},
        {"what is no IP packet is not sent", "RFC 791, section 3.1 (version)", not_ip},
        {"without a peer a packet is dropped and counted", "drop_reason.hpp", nobody_yet},
        {"the client listens to its server alone", "plain_tunnel.hpp", strangers}}},
      argc, argv);
}
