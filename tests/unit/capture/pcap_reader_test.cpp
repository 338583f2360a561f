#include "capture/pcap_reader.hpp"

#include "support.hpp"
#include "support/catch.hpp"

using namespace culvert;
using test::bytes;
using test::read_all;

namespace {

// Little-endian, microseconds, raw IP; one packet of 4 bytes of 60, at 1.000002 s.
const auto little = bytes(
    "d4 c3 b2 a1 02 00 04 00 00000000 00000000 00000400 65000000"
    "01000000 02000000 04000000 3c000000 45000054");
// The same, big-endian and in nanoseconds.
const auto big = bytes(
    "a1 b2 3c 4d 00 02 00 04 00000000 00000000 00040000 00000065"
    "00000001 00000002 00000004 0000003c 45000054");

}  // namespace

TEST_CASE("a pcap file is read in either byte order and resolution", "[capture]") {
  const auto first = read_all(little);
  REQUIRE_FALSE(first.error);
  REQUIRE(first.packets.size() == 1);
  CHECK(first.packets[0].hex == "45000054");
  CHECK(first.packets[0].wire_length == 60);
  CHECK(first.packets[0].nanoseconds == 1000002000);
  CHECK(first.packets[0].link_type == 101);

  const auto second = read_all(big);
  REQUIRE(second.packets.size() == 1);
  CHECK(second.packets[0].nanoseconds == 1000000002);
  CHECK(second.packets[0].hex == "45000054");
}

TEST_CASE("a fraction of a second or more is carried into the seconds", "[capture]") {
  auto file = little;
  copy_bytes(bytes("40 42 0f 00"), MutableBytes{file}.subspan(28, 4));  // 1,000,000 microseconds
  CHECK(read_all(file).packets.at(0).nanoseconds == 2000000000);
}

TEST_CASE("a pcap file cut at any byte ends in a message that says where", "[capture]") {
  for (std::size_t length = 0; length < little.size(); ++length) {
    CAPTURE(length);
    const auto contents = read_all(Bytes{little}.first(length));
    CHECK(contents.packets.empty());
    if (length == 24) {
      CHECK_FALSE(contents.error);  // a right header and no packet: an empty capture
    } else {
      REQUIRE(contents.error);
      CHECK_FALSE(contents.error->message.empty());
    }
  }
  CHECK(read_all(Bytes{little}.first(43)).error->message ==
        "cut short in packet 1: 4 bytes announced, 3 there (at byte 40)");
}

TEST_CASE("a record longer than the limit is damage, not a reason to allocate", "[capture]") {
  auto file = little;
  copy_bytes(bytes("ff ff ff 7f"), MutableBytes{file}.subspan(32, 4));
  const auto contents = read_all(file);
  REQUIRE(contents.error);
  CHECK(contents.error->kind == capture::FileError::Kind::damaged);
  CHECK(contents.error->message ==
        "packet 1 at byte 24 claims 2147483647 bytes, more than the limit of 262144");
}

TEST_CASE("a file that is no capture is named by its first bytes", "[capture]") {
  const auto contents = read_all(as_bytes("hello world"));
  REQUIRE(contents.error);
  CHECK(contents.error->kind == capture::FileError::Kind::not_a_capture);
  CHECK(contents.error->message ==
        "not a capture file (begins with \"hello wo\", not with a pcap or pcapng signature)");
  CHECK(read_all({}).error->message == "empty file");
  CHECK_THAT(read_all(bytes("a1 b2 cd 34 00 00 00 00")).error->message,
             Catch::Contains("modified pcap"));
}
