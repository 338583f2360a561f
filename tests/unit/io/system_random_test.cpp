#include "io/system_random.hpp"

#include <vector>

#include "support/catch.hpp"

using namespace culvert;

TEST_CASE("the kernel's random bytes fill the whole buffer and differ each time", "[io]") {
  io::SystemRandom random;
  std::vector<std::uint8_t> first(1000);
  std::vector<std::uint8_t> second(1000);
  random.fill(first);
  random.fill(second);
  CHECK(first != second);
  // Of 1000 random bytes, the last 16 are all zero once in 2^128 tries.
  CHECK(std::any_of(first.end() - 16, first.end(), [](std::uint8_t byte) { return byte != 0; }));
}

TEST_CASE("no random bytes are drawn for an empty buffer", "[io]") { io::SystemRandom{}.fill({}); }
