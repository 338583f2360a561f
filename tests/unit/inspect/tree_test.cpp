#include "inspect/tree.hpp"

#include "support/bytes.hpp"
#include "support/catch.hpp"

using namespace culvert;
using test::bytes;

namespace {

std::string tree_of(Bytes packet) {
  std::string out;
  inspect::append_tree(out, wire::Packet::walk(packet, wire::LinkType::raw_ip));
  return out;
}

// A 28-byte ICMP echo request from 10.0.0.1 to 10.0.0.2.
const auto ping =
    bytes("45 00 00 1c 00 01 00 00 40 01 66 de 0a 00 00 01 0a 00 00 02 08 00 f7 fe 00 00 00 01");

}  // namespace

TEST_CASE("a tree shows each layer with its bytes and each field with its name", "[inspect]") {
  CHECK(tree_of(ping) == R"(IPv4                                                    bytes 0-19
  version           4                                   ipv4.version
  header length     5 words  20 bytes                   ipv4.header_len
  DSCP              0                                   ipv4.dscp
  ECN               0                                   ipv4.ecn
  total length      28                                  ipv4.total_len
  identification    0x0001                              ipv4.id
  don't fragment    no                                  ipv4.df
  more fragments    no                                  ipv4.mf
  fragment offset   0                                   ipv4.frag_offset
  time to live      64                                  ipv4.ttl
  protocol          1 ICMP                              ipv4.proto
  checksum          0x66de  ok                          ipv4.checksum
  source            10.0.0.1                            ipv4.src
  destination       10.0.0.2                            ipv4.dst
ICMP                                                    bytes 20-27
  type              8  echo request                     icmp.icmp_type
  code              0                                   icmp.icmp_code
  checksum          0xf7fe  ok                          icmp.checksum
  identifier        0                                   icmp.id
  sequence          1                                   icmp.seq
)");
}

TEST_CASE("a tree shows the sentence of a damaged header below it", "[inspect]") {
  CHECK_THAT(tree_of(Bytes{ping}.first(24)),
             Catch::Contains("  ! IPv4 total length (byte 2): 28 bytes needed, 24 found"));
}

TEST_CASE("a tree names a wrong checksum and the right one", "[inspect]") {
  auto wrong = ping;
  wrong[10] = 0;
  CHECK_THAT(tree_of(wrong), Catch::Contains("0x00de  wrong, 0x66de would be right"));
}
