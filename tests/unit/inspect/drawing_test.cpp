#include "inspect/drawing.hpp"

#include "support/bytes.hpp"
#include "support/catch.hpp"

using namespace culvert;
using test::bytes;

namespace {

// A 28-byte ICMP echo request from 10.0.0.1 to 10.0.0.2.
const auto ping =
    bytes("45 00 00 1c 00 01 00 00 40 01 66 de 0a 00 00 01 0a 00 00 02 08 00 f7 fe 00 00 00 01");

wire::Packet walk(Bytes packet) { return wire::Packet::walk(packet, wire::LinkType::raw_ip); }

}  // namespace

TEST_CASE("a header is drawn as the RFCs do, with its values", "[inspect]") {
  std::string out;
  inspect::append_drawing(out, walk(ping));
  CHECK(out == R"(IPv4, 20 bytes from byte 0
     0                   1                   2                   3
     0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
    +-------+-------+-----------+---+-------------------------------+
    |version|header |   DSCP    |ECN|         total length          |
    |   4   |5 words|     0     | 0 |              28               |
    +-------+-------+-----------+---+-+-+-+-------------------------+
    |        identification         | |d|m|     fragment offset     |
    |            0x0001             | |0|0|            0            |
    +---------------+---------------+-+-+-+-------------------------+
    | time to live  |   protocol    |           checksum            |
    |      64       |    1 ICMP     |            0x66de             |
    +---------------+---------------+-------------------------------+
    |                            source                             |
    |                           10.0.0.1                            |
    +---------------------------------------------------------------+
    |                          destination                          |
    |                           10.0.0.2                            |
    +---------------------------------------------------------------+
ICMP, 8 bytes from byte 20
     0                   1                   2                   3
     0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
    +---------------+---------------+-------------------------------+
    |     type      |     code      |           checksum            |
    |       8       |       0       |            0xf7fe             |
    +---------------+---------------+-------------------------------+
    |          identifier           |           sequence            |
    |               0               |               1               |
    +-------------------------------+-------------------------------+
)");
}

TEST_CASE("a box over several rows is open inside", "[inspect]") {
  const auto ipv6 = bytes(
      "60 00 00 00 00 00 3b 40 fd 00 00 10 00 00 00 00 00 00 00 00 00 00 00 02"
      "fd 00 00 10 00 00 00 00 00 00 00 00 00 00 00 01");
  std::string out;
  inspect::append_drawing(out, walk(ipv6));
  CHECK_THAT(out, Catch::Contains(
                      "    +                                                               +\n"));
  CHECK_THAT(out,
             Catch::Contains("|                          fd00:10::2                           |"));
}

TEST_CASE("a packet cut anywhere still draws", "[inspect]") {
  for (std::size_t length = 0; length < ping.size(); ++length) {
    CAPTURE(length);
    std::string out;
    CHECK_NOTHROW(inspect::append_drawing(out, walk(Bytes{ping}.first(length))));
  }
}
