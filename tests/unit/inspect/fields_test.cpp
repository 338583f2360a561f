#include "inspect/fields.hpp"

#include "support/bytes.hpp"
#include "support/catch.hpp"

using namespace culvert;
using test::bytes;

TEST_CASE("a header that cannot be read gives its bytes", "[inspect]") {
  const auto beginning = bytes("45 00 00");
  const auto packet = wire::Packet::walk(beginning, wire::LinkType::raw_ip);
  const auto rows = inspect::fields(packet, 0);
  REQUIRE(rows.size() == 1);
  CHECK(rows[0].name == "bytes");
  CHECK(rows[0].value == "450000");
}

TEST_CASE("options are rows, and a damaged one is alarming", "[inspect]") {
  // Header of 28 bytes: router alert, a blank, then an option that claims 9 of the 3 bytes left.
  const auto bytes_of_packet =
      bytes("47 00 00 1c 00 00 00 00 40 3b 00 00 0a 00 00 01 0a 00 00 02 94 04 00 00 01 44 09 05");
  const auto packet = wire::Packet::walk(bytes_of_packet, wire::LinkType::raw_ip);
  const auto rows = inspect::fields(packet, 0);
  std::vector<std::string> options;
  for (const auto& row : rows) {
    if (row.name == "options") options.push_back(row.value + (row.alarming ? "!" : ""));
  }
  CHECK(options == std::vector<std::string>{"kind 148, 4 bytes", "kind 1, 1 bytes", "440905!"});
}
