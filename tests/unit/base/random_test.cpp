#include "base/random.hpp"

#include <array>

#include "support/catch.hpp"

using namespace culvert;

namespace {

/// Counts up from a first byte: predictable, as a test wants it.
class Counting : public Random {
 public:
  explicit Counting(std::uint8_t first) : next_(first) {}
  void fill(MutableBytes out) override {
    for (auto& byte : out) byte = next_++;
  }

 private:
  std::uint8_t next_;
};

}  // namespace

TEST_CASE("a bounded random number stays below its bound", "[base]") {
  Counting random{0};
  for (std::uint32_t bound = 1; bound < 1000; ++bound) CHECK(random.below(bound) < bound);
}

TEST_CASE("numbers that would favour small results are drawn again", "[base]") {
  // 0xfcfdfeff lies above 3 * 2^30, the only whole multiple of that bound; the next draw, 0x00010203, does not.
  Counting random{0xfc};
  CHECK(random.below(3u << 30) == 0x00010203);
}
