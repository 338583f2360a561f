#include "inspect/columns.hpp"

#include "support/bytes.hpp"
#include "support/catch.hpp"

using namespace culvert;
using test::bytes;

namespace {

// A 28-byte ICMP echo request from 10.0.0.1 to 10.0.0.2.
const auto ping =
    bytes("45 00 00 1c 00 01 00 00 40 01 66 de 0a 00 00 01 0a 00 00 02 08 00 f7 fe 00 00 00 01");

std::string columns_of(std::string_view list, Bytes packet,
                       const inspect::Envelope& envelope = {}) {
  std::string out;
  auto columns = inspect::Columns::parse(list).value();
  columns.append(out, wire::Packet::walk(packet, wire::LinkType::raw_ip), envelope);
  return out;
}

}  // namespace

TEST_CASE("columns are the values of JSON, with tabs between", "[inspect]") {
  CHECK(columns_of("ipv4.src,ipv4.ttl,icmp.seq,ipv4.checksum_status,ipv4.df", ping) ==
        "10.0.0.1\t64\t1\tgood\tfalse\n");
}

TEST_CASE("a field that the packet has not is empty", "[inspect]") {
  CHECK(columns_of("udp.src_port,ipv4.dst", ping) == "\t10.0.0.2\n");
}

TEST_CASE("a field of a packet inside a packet is given as often", "[inspect]") {
  auto tunnel = bytes("45 00 00 30 00 01 00 00 3f 04 67 c7 c0 00 02 01 c0 00 02 02");
  tunnel.insert(tunnel.end(), ping.begin(), ping.end());
  CHECK(columns_of("ipv4.src,ipv4.ttl", tunnel) == "192.0.2.1,10.0.0.1\t63,64\n");
}

TEST_CASE("what the capture knows is a column too", "[inspect]") {
  const inspect::Envelope envelope{
      .number = 7, .time = WallTime{std::chrono::milliseconds{1500}}, .label = "wire"};
  CHECK(columns_of("packet.number,packet.time,packet.label,packet.len,packet.caplen", ping,
                   envelope) == "7\t1.500000000\twire\t28\t28\n");
}

TEST_CASE("an unknown column is named, with the fields of its layer", "[inspect]") {
  const auto wrong = inspect::Columns::parse("ipv4.src,udp.sport");
  REQUIRE_FALSE(wrong);
  CHECK_THAT(wrong.error(),
             Catch::StartsWith("there is no field 'udp.sport'; there is udp.src_port, "));
  CHECK(inspect::Columns::parse("nothing").error() ==
        "there is no field 'nothing'; --list-fields names them all");
}

TEST_CASE("the header names the columns", "[inspect]") {
  CHECK(inspect::Columns::parse("ipv4.src,ipv4.dst")->header() == "ipv4.src\tipv4.dst\n");
}
