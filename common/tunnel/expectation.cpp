// What comes next. A packet asks a table whose it is, the peer for its session, the session for what it has seen: each answer
// says where the next one lies. With thousands of peers all of that is far away, and waiting for one after the other would
// cost as much as sealing a small packet. So all of a batch's packets ask their first question, then all their second: a
// core waits for many lines of memory at once as long as for one.
#include <cassert>

#include "tunnel/data_message.hpp"
#include "tunnel/tunnel.hpp"

namespace culvert::tunnel {

// [tag: expect_tun_packets]
void Tunnel::expect_tun_packets(std::span<const Bytes> packets) {
  assert(packets.size() <= max_expected);
  for (const Bytes packet : packets) {
    const auto inner = InnerPacket::read(packet);
    const auto owner = inner ? allowed_ips_.lookup(inner->destination) : std::nullopt;
    if (owner) peers_[*owner]->expect();
  }
}
// [end: expect_tun_packets]

// [tag: expect_datagrams]
void Tunnel::expect_datagrams(std::span<const Bytes> datagrams) {
  assert(datagrams.size() <= max_expected);
  std::array<Bytes, max_expected> messages;
  std::size_t count = 0;
  for (const Bytes datagram : datagrams) {
    if (!data_message::fits(datagram)) continue;
    slot_of_index_.expect(data_message::receiver(datagram));
    messages[count++] = datagram;
  }

  std::array<Peer*, max_expected> peers{};
  for (std::size_t i = 0; i < count; ++i) {
    peers[i] = owner_of(data_message::receiver(messages[i]));
    if (peers[i] != nullptr) peers[i]->expect();
  }

  for (std::size_t i = 0; i < count; ++i) {
    if (peers[i] == nullptr) continue;
    allowed_ips_.expect(peers[i]->inside);
    const Session* session = peers[i]->sessions.find(data_message::receiver(messages[i]));
    if (session != nullptr) session->expect(data_message::counter(messages[i]));
  }
}
// [end: expect_datagrams]

}  // namespace culvert::tunnel
