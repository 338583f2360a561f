// Writes a capture of a WireGuard session and the key log that opens it: tunnel_capture FILE.pcap KEYS. Between client
// 192.0.2.2 and server 198.51.100.2: handshake, a ping, a keepalive, the ping replayed, one forged, one of another session.
#include <fstream>

#include "capture/writer.hpp"
#include "crypto/aead.hpp"
#include "noise/initiator.hpp"
#include "noise/key_log.hpp"
#include "noise/responder.hpp"
#include "support/seeded_random.hpp"
#include "wire/build.hpp"

using namespace culvert;

namespace {

const auto client = Endpoint::parse("192.0.2.2:40112").value();
const auto server = Endpoint::parse("198.51.100.2:51820").value();

class Recording {
 public:
  explicit Recording(const std::string& path)
      : writer_(capture::Writer::create(path, {.link_type = 101})) {}

  void datagram(const Endpoint& from, const Endpoint& to, Bytes payload) {
    std::array<std::uint8_t, 2048> room{};
    const Bytes packet = wire::build_udp(room, from, to, payload);
    const WallTime time{std::chrono::milliseconds{++count_}};
    writer_.write({.bytes = packet,
                   .wire_length = static_cast<std::uint32_t>(packet.size()),
                   .time = time,
                   .link_type = 101});
  }

 private:
  capture::Writer writer_;
  int count_ = 0;
};

std::vector<std::uint8_t> sealed(const noise::SessionKeys& keys, std::uint64_t counter,
                                 Bytes inner) {
  std::vector<std::uint8_t> message(16 + (inner.size() + 15) / 16 * 16 + 16);
  store_le32(MutableBytes{message}.first<4>(), 4);
  store_le32(MutableBytes{message}.subspan<4, 4>(), keys.remote_index);
  store_le64(MutableBytes{message}.subspan<8, 8>(), counter);
  copy_bytes(inner, MutableBytes{message}.subspan(16));
  crypto::seal(keys.send, counter, {}, MutableBytes{message}.subspan(16));
  return message;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  test::SeededRandom random{7};
  const auto alice = crypto::KeyPair::generate(random);
  const auto bob = crypto::KeyPair::generate(random);
  const auto preshared = crypto::PresharedKey::generate(random);
  const auto now = noise::Timestamp::at(WallTime{std::chrono::seconds{1700000000}});
  auto opening = noise::initiate(alice, bob.public_key, {1, now}, random).value();
  auto answer =
      noise::respond(noise::consume(opening.message, bob).value(), preshared, 2, random).value();
  const auto keys = opening.next.consume(answer.message, alice, preshared).value();

  Recording recording{argv[1]};
  recording.datagram(client, server, opening.message.bytes());
  recording.datagram(server, client, answer.message.bytes());
  std::array<std::uint8_t, 256> room{};
  const Bytes ping =
      wire::build_echo_request(room, *IpAddress::parse("10.0.0.2"),
                               *IpAddress::parse("203.0.113.80"), 7, 1, as_bytes("hello, site"));
  auto message = sealed(keys, 0, ping);
  recording.datagram(client, server, message);
  recording.datagram(server, client, sealed(answer.keys, 0, {}));
  recording.datagram(client, server, message);
  message = sealed(keys, 1, ping);
  message[20] ^= 1;
  recording.datagram(client, server, message);
  message[4] = 9;
  recording.datagram(client, server, message);
  std::ofstream{argv[2]} << to_string(
      noise::KeyLogRecord{alice.private_key, bob.public_key, opening.next.ephemeral(), preshared});
  return 0;
}
