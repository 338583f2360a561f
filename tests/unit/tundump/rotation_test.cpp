#include "rotation.hpp"

#include <cstdlib>

#include "support/catch.hpp"

using namespace culvert;
using namespace std::chrono_literals;
using tundump::Rotation;
using Step = Rotation::Step;

namespace {

const WallTime noon{std::chrono::hours{12}};  // on 1970-01-01
constexpr std::uint64_t megabyte = 1'000'000;

/// So that a name made of the time is the same everywhere.
void use_utc() {
  ::setenv("TZ", "UTC", 1);
  ::tzset();
}

/// The names of the first files if each becomes too large.
std::vector<std::string> names_by_size(const Rotation::Rules& rules, std::size_t count) {
  Rotation rotation{rules, noon};
  std::vector<std::string> names{rotation.file_name()};
  while (names.size() < count) {
    REQUIRE(rotation.step(noon, rules.megabytes * megabyte + 1) == Step::next_file);
    names.push_back(rotation.file_name());
  }
  return names;
}

}  // namespace

TEST_CASE("without rules one file takes everything", "[tundump][rotation]") {
  Rotation rotation{{.name = "x.pcap"}, noon};
  CHECK(rotation.step(noon + 1000h, 1000 * megabyte) == Step::stay);
  CHECK(rotation.file_name() == "x.pcap");
}

TEST_CASE("a file that is too large is followed by one with a number", "[tundump][rotation]") {
  const std::vector<std::string> expected{"x", "x1", "x2"};
  CHECK(names_by_size({.name = "x", .megabytes = 1}, 3) == expected);
}

TEST_CASE("a file may have its size, but not a byte more", "[tundump][rotation]") {
  Rotation rotation{{.name = "x", .megabytes = 2}, noon};
  CHECK(rotation.step(noon, 2 * megabyte) == Step::stay);
  CHECK(rotation.step(noon, 2 * megabyte + 1) == Step::next_file);
}

TEST_CASE("with a largest number of files the first is written again", "[tundump][rotation]") {
  const std::vector<std::string> expected{"x0", "x1", "x2", "x0", "x1"};
  CHECK(names_by_size({.name = "x", .megabytes = 1, .files = 3}, 5) == expected);
}

TEST_CASE("numbers are as wide as the largest, so that names sort", "[tundump][rotation]") {
  CHECK(names_by_size({.name = "x", .megabytes = 1, .files = 11}, 2).back() == "x01");
  CHECK(names_by_size({.name = "x", .megabytes = 1, .files = 10}, 2).back() == "x1");
}

TEST_CASE("after its seconds a file is followed by one named after the time",
          "[tundump][rotation]") {
  use_utc();
  Rotation rotation{{.name = "x-%H%M%S.pcap", .seconds = 60}, noon};
  CHECK(rotation.file_name() == "x-120000.pcap");
  CHECK(rotation.step(noon + 59s, 1) == Step::stay);
  CHECK(rotation.step(noon + 75s, 1) == Step::next_file);
  CHECK(rotation.file_name() == "x-120115.pcap");
  CHECK(rotation.step(noon + 134s, 1) == Step::stay);
  CHECK(rotation.step(noon + 135s, 1) == Step::next_file);
}

TEST_CASE("a per cent sign means a time only where time counts", "[tundump][rotation]") {
  CHECK(Rotation{{.name = "x%H", .megabytes = 1}, noon}.file_name() == "x%H");
}

TEST_CASE("by time, the last of so many files ends it", "[tundump][rotation]") {
  Rotation rotation{{.name = "x", .seconds = 1, .files = 2}, noon};
  CHECK(rotation.file_name() == "x");
  CHECK(rotation.step(noon + 1s, 1) == Step::next_file);
  CHECK(rotation.step(noon + 2s, 1) == Step::finished);
}

TEST_CASE("by time and size, numbers begin anew with each time", "[tundump][rotation]") {
  use_utc();
  Rotation rotation{{.name = "%S-", .megabytes = 1, .seconds = 10}, noon};
  CHECK(rotation.file_name() == "00-");
  CHECK(rotation.step(noon + 1s, megabyte + 1) == Step::next_file);
  CHECK(rotation.file_name() == "00-1");
  CHECK(rotation.step(noon + 10s, megabyte + 1) == Step::next_file);
  CHECK(rotation.file_name() == "10-");
  CHECK(rotation.step(noon + 11s, megabyte + 1) == Step::next_file);
  CHECK(rotation.file_name() == "10-1");
}

TEST_CASE("a clock that is set back starts no file", "[tundump][rotation]") {
  Rotation rotation{{.name = "x", .seconds = 10}, noon};
  CHECK(rotation.step(noon - 1h, 1) == Step::stay);
}
