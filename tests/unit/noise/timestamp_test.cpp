#include "noise/timestamp.hpp"

#include "support/bytes.hpp"
#include "support/catch.hpp"

using namespace culvert;
using namespace culvert::noise;
using namespace std::chrono_literals;

namespace {

Timestamp at(Duration since_1970) {
  return Timestamp::at(WallTime{std::chrono::duration_cast<WallTime::duration>(since_1970)});
}
Timestamp from(std::string_view hex) {
  return Timestamp::from_bytes(Bytes{test::bytes(hex)}.first<12>());
}

}  // namespace

TEST_CASE("1970 began at TAI64 label 2^62 + 10", "[noise][timestamp]") {
  CHECK(to_hex(at(0s).bytes()) == "400000000000000a00000000");
  CHECK(to_hex(at(1700000000s).bytes()) == "400000006553f10a00000000");
}

TEST_CASE("a timestamp is rounded down to 2^24 nanoseconds", "[noise][timestamp]") {
  CHECK(at(1s + 16777215ns) == at(1s));
  CHECK(to_hex(at(1s + 16777216ns).bytes()) == "400000000000000b01000000");
  CHECK(to_hex(at(1s + 999999999ns).bytes()) == "400000000000000b3b000000");
}

TEST_CASE("a moment before 1970 is rounded down, too", "[noise][timestamp]") {
  CHECK(to_hex(at(-1ns).bytes()) == "40000000000000093b000000");
}

TEST_CASE("timestamps sort as time does", "[noise][timestamp]") {
  const Duration moments[] = {0s, 17ms, 1s, 255s, 256s, 1700000000s, 1700000000s + 500ms};
  for (std::size_t i = 1; i < std::size(moments); ++i) CHECK(at(moments[i - 1]) < at(moments[i]));
}

TEST_CASE("a timestamp is its bytes", "[noise][timestamp]") {
  CHECK(to_hex(from("400000006b0294c4100e1e5c").bytes()) == "400000006b0294c4100e1e5c");
}

TEST_CASE("the guard admits what is newer than everything before", "[noise][timestamp]") {
  TimestampGuard guard;
  CHECK(guard.admit(at(10s)));
  CHECK(guard.admit(at(11s)));
  CHECK(guard.admit(at(3600s)));
}

TEST_CASE("the guard refuses a repetition, and whatever is older", "[noise][timestamp]") {
  TimestampGuard guard;
  REQUIRE(guard.admit(at(10s)));
  CHECK_FALSE(guard.admit(at(10s)));
  CHECK_FALSE(guard.admit(at(9s)));
  CHECK_FALSE(guard.admit(at(0s)));
}

TEST_CASE("an old one that was refused does not move the guard back", "[noise][timestamp]") {
  TimestampGuard guard;
  REQUIRE(guard.admit(at(10s)));
  REQUIRE_FALSE(guard.admit(at(5s)));
  CHECK_FALSE(guard.admit(at(7s)));
  CHECK(guard.admit(at(11s)));
}

TEST_CASE("nanoseconds count as well, and the first byte most", "[noise][timestamp]") {
  TimestampGuard guard;
  REQUIRE(guard.admit(from("400000006b0294c410000000")));
  CHECK(guard.admit(from("400000006b0294c410000001")));
  CHECK_FALSE(guard.admit(from("3fffffffffffffffffffffff")));
  CHECK(guard.admit(from("500000000000000000000000")));
}
