#include "inspect/field_catalogue.hpp"

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

TEST_CASE("every field of the catalogue has a name of its own, a label and a sentence",
          "[inspect]") {
  for (const auto& each : inspect::field_catalogue()) {
    CAPTURE(each.name);
    CHECK(inspect::find_field(each.name) == &each);
    CHECK_FALSE(each.label.empty());
    CHECK_THAT(std::string{each.sentence}, Catch::EndsWith("."));
  }
}

TEST_CASE("the fields of one layer do not overlap, but for alternatives", "[inspect]") {
  for (const auto& a : inspect::field_catalogue()) {
    for (const auto& b : inspect::field_catalogue()) {
      if (inspect::layer_of(a) != inspect::layer_of(b) || a.bits == 0 || b.bits == 0) continue;
      if (a.bit >= b.bit) continue;
      CAPTURE(a.name, b.name);
      const bool alternative = inspect::layer_of(a).starts_with("icmp") ||
                               inspect::layer_of(a) == "wireguard" || a.name == "dns.flags" ||
                               b.name == "dns.flags";
      CHECK((alternative || a.bit + a.bits <= b.bit));
    }
  }
}

TEST_CASE("a field is found where the packet has it", "[inspect]") {
  const auto packet = walk(ping);
  const auto place =
      inspect::place_of(*inspect::find_field("ipv4.ttl"), packet, packet.layers()[0]);
  REQUIRE(place);
  CHECK(place->begin == 64);
  CHECK(place->size == 8);
}

TEST_CASE("a field behind the end of a cut packet is nowhere", "[inspect]") {
  const auto packet = walk(Bytes{ping}.first(12));
  CHECK_FALSE(inspect::place_of(*inspect::find_field("ipv4.src"), packet, packet.layers()[0]));
}

TEST_CASE("a field is explained by place and purpose", "[inspect]") {
  CHECK(inspect::explain_field(*inspect::find_field("ipv4.df")) ==
        "ipv4.df  don't fragment\n"
        "  bit 49 of the header, in byte 6\n"
        "  Routers must drop this packet, and say so, rather than cut it up.\n");
}
