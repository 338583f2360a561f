#include "inspect/changes.hpp"

#include "support/bytes.hpp"
#include "support/catch.hpp"

using namespace culvert;
using test::bytes;

namespace {

// A 28-byte ICMP echo request from 10.0.0.1 to 10.0.0.2.
const auto ping =
    bytes("45 00 00 1c 00 01 00 00 40 01 66 de 0a 00 00 01 0a 00 00 02 08 00 f7 fe 00 00 00 01");

std::vector<std::string> between(Bytes before, Bytes after) {
  std::vector<std::string> lines;
  for (const auto& each : inspect::changes(wire::Packet::walk(before, wire::LinkType::raw_ip),
                                           wire::Packet::walk(after, wire::LinkType::raw_ip)))
    lines.push_back(each.name + " " + each.before + " " + each.after + " " + each.why);
  return lines;
}

}  // namespace

TEST_CASE("an equal packet has no changes", "[inspect]") { CHECK(between(ping, ping).empty()); }

TEST_CASE("each change is named, with what it was and why it is so", "[inspect]") {
  auto after = ping;
  after[8] = 62;
  after[15] = 9;
  CHECK(between(ping, after) == std::vector<std::string>{"ipv4.ttl 64 62 2 routers forwarded it",
                                                         "ipv4.src 10.0.0.1 10.0.0.9 source NAT"});
}

TEST_CASE("a layer that is new or gone is a change", "[inspect]") {
  auto tunnel = bytes("45 00 00 30 00 01 00 00 3f 04 67 c7 c0 00 02 01 c0 00 02 02");
  tunnel.insert(tunnel.end(), ping.begin(), ping.end());
  CHECK_THAT(between(tunnel, ping), Catch::VectorContains(std::string{"ipv4 there gone "}));
  CHECK_THAT(between(ping, tunnel), Catch::VectorContains(std::string{"ipv4 none new "}));
}
