#include "capture/input.hpp"

#include "support/bytes.hpp"
#include "support/catch.hpp"

using namespace culvert;
using test::bytes;

namespace {

/// Gives one byte a call, as a slow pipe does.
class Trickle : public capture::ByteSource {
 public:
  explicit Trickle(std::size_t size) : size_(size) {}
  std::size_t read(MutableBytes out) override {
    if (at_ == size_ || out.empty()) return 0;
    out[0] = static_cast<std::uint8_t>(at_++);
    return 1;
  }

 private:
  std::size_t size_;
  std::size_t at_ = 0;
};

}  // namespace

TEST_CASE("input is shown without being consumed, and counted when it is", "[capture]") {
  const auto data = bytes("01 02 03 04");
  capture::Input input{capture::memory_source(data)};
  CHECK(to_hex(input.peek(2)) == "0102");
  CHECK(to_hex(input.peek(3)) == "010203");
  input.skip(3);
  CHECK(input.position() == 3);
  CHECK(to_hex(input.peek(5)) == "04");
  input.skip(1);
  CHECK(input.peek(1).empty());
}

TEST_CASE("input that comes byte by byte is gathered", "[capture]") {
  capture::Input input{std::make_unique<Trickle>(6)};
  CHECK(to_hex(input.peek(4)) == "00010203");
  input.skip(4);
  CHECK(to_hex(input.peek(4)) == "0405");
}

TEST_CASE("input larger than a block keeps its order", "[capture]") {
  std::vector<std::uint8_t> data(3u << 20);
  for (std::size_t i = 0; i < data.size(); ++i) data[i] = static_cast<std::uint8_t>(i * 7 >> 3);
  capture::Input input{capture::memory_source(data)};
  constexpr std::size_t piece = 70001;
  for (std::size_t at = 0; at < data.size(); at += piece) {
    const Bytes shown = input.peek(piece);
    const Bytes expected = Bytes{data}.subspan(at, std::min(piece, data.size() - at));
    REQUIRE(std::equal(shown.begin(), shown.end(), expected.begin(), expected.end()));
    input.skip(shown.size());
  }
}
