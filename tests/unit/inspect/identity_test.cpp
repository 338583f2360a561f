#include "inspect/identity.hpp"

#include "support/bytes.hpp"
#include "support/catch.hpp"

using namespace culvert;
using test::bytes;

namespace {

// A 28-byte ICMP echo request from 10.0.0.1 to 10.0.0.2.
const auto ping =
    bytes("45 00 00 1c 00 01 00 00 40 01 66 de 0a 00 00 01 0a 00 00 02 08 00 f7 fe 00 00 00 01");
// "hello" in UDP, from 10.0.0.1 port 1234 to 10.0.0.2 port 53.
const auto datagram = bytes(
    "45 00 00 21 00 07 00 00 40 11 66 c3 0a 00 00 01 0a 00 00 02 04 d2 00 35 00 0d 00 00"
    "68 65 6c 6c 6f");

std::uint64_t identity_of(Bytes packet) {
  return inspect::identity(wire::Packet::walk(packet, wire::LinkType::raw_ip)).value();
}

std::vector<std::uint8_t> with(std::vector<std::uint8_t> packet, std::size_t byte) {
  packet[byte] ^= 1;
  return packet;
}

}  // namespace

TEST_CASE("a packet is recognised behind routers and NATs", "[inspect]") {
  // TTL, checksum, source, destination; then the ports and the checksum of UDP.
  for (const std::size_t byte : {8u, 11u, 15u, 19u, 21u, 23u, 27u}) {
    CAPTURE(byte);
    CHECK(identity_of(with(datagram, byte)) == identity_of(datagram));
  }
  CHECK(identity_of(with(ping, 25)) == identity_of(ping));  // the identifier of an echo
}

TEST_CASE("another packet is not taken for it", "[inspect]") {
  for (const std::size_t byte :
       {5u, 28u, 32u}) {  // identification, first and last byte of the data
    CAPTURE(byte);
    CHECK(identity_of(with(datagram, byte)) != identity_of(datagram));
  }
  CHECK(identity_of(with(ping, 27)) != identity_of(ping));  // the sequence of an echo
}

TEST_CASE("what is not IP has no identity", "[inspect]") {
  CHECK_FALSE(inspect::identity(wire::Packet::walk(bytes("00 01 02"), wire::LinkType::raw_ip)));
}
