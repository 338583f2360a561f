#include "capture/pcapng_reader.hpp"

#include "support.hpp"
#include "support/catch.hpp"

using namespace culvert;
using test::bytes;
using test::join;
using test::read_all;

namespace {

constexpr auto section = "0a0d0d0a 1c000000 4d3c2b1a 0100 0000 ffffffffffffffff 1c000000";
constexpr auto ethernet = "01000000 14000000 0100 0000 00000400 14000000";
// Raw IP, named "tun0", time stamps in nanoseconds.
constexpr auto raw_nanoseconds =
    "01000000 28000000 6500 0000 00000400 0200 0400 74756e30 0900 0100 09000000 0000 0000 28000000";
// Interface 0, 4 bytes of 60, at tick 2 + 2^32.
constexpr auto packet =
    "06000000 24000000 00000000 01000000 02000000 04000000 3c000000 45000054 24000000";
constexpr auto packet_on_1 =
    "06000000 24000000 01000000 01000000 02000000 04000000 3c000000 45000054 24000000";
constexpr auto simple = "03000000 14000000 04000000 45000054 14000000";
constexpr auto unknown = "efbe0000 10000000 01020304 10000000";

test::Contents read(std::initializer_list<std::string_view> blocks) {
  return read_all(bytes(join(blocks)));
}

}  // namespace

TEST_CASE("a pcapng file gives its packets with interface, link type and time", "[capture]") {
  const auto contents = read({section, ethernet, raw_nanoseconds, packet, unknown, packet_on_1});
  REQUIRE_FALSE(contents.error);
  REQUIRE(contents.packets.size() == 2);
  CHECK(contents.packets[0].link_type == 1);
  CHECK(contents.packets[0].nanoseconds == ((std::int64_t{1} << 32) + 2) * 1000);
  CHECK(contents.packets[1].link_type == 101);
  CHECK(contents.packets[1].interface == 1);
  CHECK(contents.packets[1].nanoseconds == (std::int64_t{1} << 32) + 2);
  CHECK(contents.packets[1].hex == "45000054");
  CHECK(contents.packets[1].wire_length == 60);
}

TEST_CASE("a new section begins with no interfaces", "[capture]") {
  const auto contents = read({section, ethernet, packet, section, packet});
  REQUIRE(contents.packets.size() == 1);
  REQUIRE(contents.error);
  CHECK(contents.error->message == "packet 2 at byte 112 names interface 0, 0 described so far");
}

TEST_CASE("a section may be in the other byte order", "[capture]") {
  const auto contents =
      read({section, ethernet, packet,
            "0a0d0d0a 0000001c 1a2b3c4d 0001 0000 ffffffffffffffff 0000001c"
            "00000001 00000014 0001 0000 00040000 00000014"
            "00000006 00000024 00000000 00000000 00000002 00000004 0000003c 45000054 00000024"});
  REQUIRE_FALSE(contents.error);
  REQUIRE(contents.packets.size() == 2);
  CHECK(contents.packets[1].nanoseconds == 2000);
  CHECK(contents.packets[1].section == 1);
}

TEST_CASE("a simple packet has no time and belongs to the first interface", "[capture]") {
  const auto contents = read({section, raw_nanoseconds, simple});
  REQUIRE(contents.packets.size() == 1);
  CHECK_FALSE(contents.packets[0].nanoseconds);
  CHECK(contents.packets[0].link_type == 101);
  CHECK(read({section, simple}).error);
}

TEST_CASE("damage in a pcapng file ends it with the byte where it is", "[capture]") {
  CHECK(read({section, ethernet, "06000000 08000000"}).error->message ==
        "cut short in a block header at byte 48: 12 bytes expected, 8 there");
  CHECK(read({section, ethernet, "06000000 08000000 00000000"}).error->message ==
        "block at byte 48 claims 8 bytes, 12 to 67108864 are possible");
  CHECK(read({section, ethernet, "06000000 24000000 00000000"}).error->message ==
        "cut short in the block at byte 48: 36 bytes announced, 12 there");
  CHECK(read({"0a0d0d0a 1c000000 4d3c2b1a 0200 0000 ffffffffffffffff 1c000000"}).error->message ==
        "section at byte 0 has version 2.0, 1.0 is the one known");
  CHECK(read({"0a0d0d0a 1c000000 11223344 0100 0000 ffffffffffffffff 1c000000"}).error->message ==
        "section at byte 0: unknown byte-order magic 11223344");
}

TEST_CASE("a pcapng file cut inside any block ends in a message", "[capture]") {
  const auto file = bytes(join({section, ethernet, packet}));
  for (std::size_t length = 0; length < file.size(); ++length) {
    CAPTURE(length);
    const bool between_blocks = length == 28 || length == 48;
    CHECK(read_all(Bytes{file}.first(length)).error.has_value() != between_blocks);
  }
}

TEST_CASE("time resolutions are powers of ten or of two, with an offset", "[capture]") {
  // if_tsresol 0x83: eighths of a second; if_tsoffset 100 s.
  const auto contents =
      read({section,
            "01000000 28000000 0100 0000 00000400 0900 0100 83000000 0e00 0800 6400000000000000 "
            "28000000",
            "06000000 20000000 00000000 00000000 04000000 00000000 00000000 20000000"});
  REQUIRE(contents.packets.size() == 1);
  CHECK(contents.packets[0].nanoseconds == 100500000000);
}
