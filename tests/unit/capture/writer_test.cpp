#include "capture/writer.hpp"

#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <iterator>

#include "support.hpp"
#include "support/catch.hpp"

using namespace culvert;
using test::bytes;
using test::read_all;

namespace {

/// A file that goes away with the test.
class TemporaryFile {
 public:
  explicit TemporaryFile(const std::string& ending)
      : path_("/tmp/culvert-writer-test-XXXXXX" + ending) {
    ::close(::mkstemps(path_.data(), static_cast<int>(ending.size())));
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  ~TemporaryFile() { ::unlink(path_.c_str()); }
  const std::string& path() const { return path_; }
  std::vector<std::uint8_t> contents() const {
    std::ifstream file{path_, std::ios::binary};
    return {std::istreambuf_iterator<char>{file}, {}};
  }

 private:
  std::string path_;
};

const auto data = bytes("45 00 00 54 01");

capture::CapturedPacket packet(std::int64_t nanoseconds, std::uint16_t link_type) {
  return {.bytes = data,
          .wire_length = 84,
          .time = WallTime{Duration{nanoseconds}},
          .link_type = link_type};
}

}  // namespace

TEST_CASE("what is written to a pcap file is read back", "[capture]") {
  const bool nanoseconds = GENERATE(false, true);
  const TemporaryFile file{".pcap"};
  {
    auto writer =
        capture::Writer::create(file.path(), {.nanoseconds = nanoseconds, .link_type = 101});
    CHECK(writer.write(packet(1700000000123456789, 101)));
  }
  const auto contents = read_all(file.contents());
  REQUIRE(contents.packets.size() == 1);
  CHECK(contents.packets[0].hex == "4500005401");
  CHECK(contents.packets[0].wire_length == 84);
  CHECK(contents.packets[0].link_type == 101);
  CHECK(contents.packets[0].nanoseconds ==
        (nanoseconds ? 1700000000123456789 : 1700000000123456000));
}

TEST_CASE("a pcap file holds one link type and refuses another", "[capture]") {
  const TemporaryFile file{".pcap"};
  auto writer = capture::Writer::create(file.path(), {.link_type = 101});
  CHECK_FALSE(writer.write(packet(0, 1)));
}

TEST_CASE("a pcapng file holds several link types, each an interface", "[capture]") {
  const TemporaryFile file{".pcapng"};
  {
    auto writer = capture::Writer::create(file.path(),
                                          {.format = capture::Writer::format_by_name(file.path())});
    CHECK(writer.write(packet(1700000000123456789, 101)));
    CHECK(writer.write(packet(1700000000123456790, 1)));
    CHECK(writer.write(packet(1700000000123456791, 101)));
    CHECK(writer.write({.bytes = data, .wire_length = 5, .time = std::nullopt, .link_type = 101}));
  }
  const auto contents = read_all(file.contents());
  REQUIRE_FALSE(contents.error);
  REQUIRE(contents.packets.size() == 4);
  CHECK(contents.packets[0].interface == 0);
  CHECK(contents.packets[1].interface == 1);
  CHECK(contents.packets[1].link_type == 1);
  CHECK(contents.packets[2].interface == 0);
  CHECK(contents.packets[2].nanoseconds == 1700000000123456791);
  CHECK(contents.packets[2].hex == "4500005401");
  CHECK_FALSE(contents.packets[3].nanoseconds);
}

TEST_CASE("a file that cannot be made is named", "[capture]") {
  CHECK_THROWS_WITH(capture::Writer::create("/nowhere/x.pcap", {}),
                    Catch::Contains("/nowhere/x.pcap"));
}

TEST_CASE("a pcapng file keeps device, label, direction, comment and secrets", "[capture]") {
  const TemporaryFile file{".pcapng"};
  {
    auto writer = capture::Writer::create(file.path(), {.format = capture::FileFormat::pcapng});
    writer.write_secrets("LOCAL_STATIC_PRIVATE_KEY = x\n");
    auto captured = packet(1, 101);
    captured.direction = capture::Direction::out;
    captured.device = "myvpn";
    captured.comment = "the first of all";
    CHECK(writer.write(captured, "client"));
    CHECK(writer.write(captured, "server"));
    CHECK(writer.write(captured, "client"));
  }
  const auto bytes = file.contents();
  auto reader = capture::Reader::open(capture::memory_source(bytes)).value();
  const auto first = reader->next().value();
  REQUIRE(first);
  CHECK(first->direction == capture::Direction::out);
  CHECK(first->device == "myvpn");
  CHECK(first->comment == "the first of all");
  CHECK(reader->secrets() == "LOCAL_STATIC_PRIVATE_KEY = x\n");
  CHECK(reader->interfaces()[0].description == "client");
  CHECK(reader->next().value()->interface == 1);
  CHECK(reader->interfaces()[1].description == "server");
  CHECK(reader->next().value()->interface == 0);
  CHECK_FALSE(reader->next().value());
}
