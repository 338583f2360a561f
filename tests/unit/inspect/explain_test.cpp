#include "inspect/explain.hpp"

#include "support/bytes.hpp"
#include "support/catch.hpp"

using namespace culvert;
using test::bytes;

namespace {

// A 28-byte ICMP echo request from 10.0.0.1 to 10.0.0.2.
const auto ping =
    bytes("45 00 00 1c 00 01 00 00 40 01 66 de 0a 00 00 01 0a 00 00 02 08 00 f7 fe 00 00 00 01");

std::string said(std::string_view name, Bytes packet) {
  const auto walked = wire::Packet::walk(packet, wire::LinkType::raw_ip);
  for (const auto& row : inspect::fields(walked, 0)) {
    if (row.name == name) return inspect::explain(row, walked, 0);
  }
  return "no such field";
}

}  // namespace

TEST_CASE("the time to live says how far the packet may go", "[inspect]") {
  auto packet = ping;
  CHECK_THAT(said("ttl", packet), Catch::StartsWith("May pass 63 more routers. Systems start at"));
  packet[8] = 2;
  CHECK(said("ttl", packet) == "May pass 1 more router.");
  packet[8] = 0;
  CHECK(said("ttl", packet) == "It ran out: the next router drops the packet.");
}

TEST_CASE("a header length says whether options follow", "[inspect]") {
  CHECK(said("header_len", ping) == "Counted in 4-byte words: 20 bytes, so no options follow.");
}

TEST_CASE("a flag is explained by what it says", "[inspect]") {
  auto packet = ping;
  CHECK_THAT(said("df", packet), Catch::StartsWith("Routers may cut"));
  packet[6] = 0x40;
  CHECK_THAT(said("df", packet), Catch::StartsWith("Routers must drop"));
}

TEST_CASE("an address is explained by its block", "[inspect]") {
  CHECK_THAT(said("src", ping),
             Catch::EndsWith("This one is private, never routed on the Internet (RFC 1918)."));
}

TEST_CASE("a wrong checksum is said to disagree", "[inspect]") {
  auto packet = ping;
  packet[10] ^= 1;
  CHECK_THAT(said("checksum", packet), Catch::EndsWith("Here it does not agree with the bytes."));
}
