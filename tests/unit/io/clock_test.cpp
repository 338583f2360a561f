#include "io/clock.hpp"

#include "support/catch.hpp"

using namespace culvert;
using namespace culvert::io;

TEST_CASE("the clock for timers never goes backwards", "[io]") {
  const Clock clock;
  Instant before = clock.now();
  for (int i = 0; i < 1000; ++i) {
    const Instant now = clock.now();
    CHECK(now >= before);
    before = now;
  }
}

TEST_CASE("the clock on the wall agrees with the standard library's", "[io]") {
  const auto before = std::chrono::system_clock::now();
  const WallTime time = Clock{}.wall_time();
  CHECK(time >= before);
  CHECK(time <= std::chrono::system_clock::now());
}
