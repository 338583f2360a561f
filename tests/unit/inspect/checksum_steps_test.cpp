#include "inspect/checksum_steps.hpp"

#include "support/bytes.hpp"
#include "support/catch.hpp"

using namespace culvert;
using test::bytes;

namespace {

// A 28-byte ICMP echo request from 10.0.0.1 to 10.0.0.2.
const auto ping =
    bytes("45 00 00 1c 00 01 00 00 40 01 66 de 0a 00 00 01 0a 00 00 02 08 00 f7 fe 00 00 00 01");

std::string steps_of(Bytes packet) {
  std::string out;
  inspect::append_checksum_steps(out, wire::Packet::walk(packet, wire::LinkType::raw_ip));
  return out;
}

}  // namespace

TEST_CASE("a checksum is added up as on paper", "[inspect]") { CHECK(steps_of(ping) == R"(ipv4.checksum  0x66de is right
  header         4500 + 001c + 0001 + 0000 + 4001 + (0000) + 0a00 + 0001 + 0a00 + 0002
  sum            9921
  turn every bit ~9921 = 66de
icmp.checksum  0xf7fe is right
  its bytes      0800 + (0000) + 0000 + 0001
  sum            801
  turn every bit ~0801 = f7fe
)"); }

TEST_CASE("a wrong checksum is said to be wrong, and the sum gives the right one", "[inspect]") {
  auto wrong = ping;
  wrong[11] = 0xdf;
  CHECK_THAT(steps_of(wrong),
             Catch::Contains("ipv4.checksum  0x66df is wrong") && Catch::Contains("= 66de"));
}

TEST_CASE("UDP begins with a pseudo header", "[inspect]") {
  const auto datagram = bytes(
      "45 00 00 1d 00 01 00 00 40 11 66 cd 0a 00 00 01 0a 00 00 02 04 d2 00 35 00 09 00 00 78");
  CHECK_THAT(steps_of(datagram), Catch::Contains("udp.checksum  0x0000 means: none was computed"));
  auto summed = datagram;
  summed[26] = 0x6e;
  summed[27] = 0xd2;
  CAPTURE(steps_of(summed));
  CHECK_THAT(steps_of(summed), Catch::Contains("udp.checksum  0x6ed2 is right") &&
                                   Catch::Contains("proto, length  0011 + 0009") &&
                                   Catch::Contains("= 6ed2"));
}
