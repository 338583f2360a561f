#include "tunnel/replay_window.hpp"

#include <memory>
#include <set>

#include "support/catch.hpp"
#include "support/seeded_random.hpp"

using namespace culvert;
using namespace culvert::tunnel;

namespace {

/// A window that has seen `highest` and nothing else.
ReplayWindow window_at(std::uint64_t highest) {
  ReplayWindow window;
  REQUIRE(window.accept(highest));
  return window;
}

/// What the window promises, kept as a set of all counters ever seen.
class Reference {
 public:
  bool accept(std::uint64_t counter) {
    const std::uint64_t highest = seen_.empty() ? 0 : *seen_.rbegin();
    if (highest > counter && highest - counter > ReplayWindow::width) return false;
    return seen_.insert(counter).second;
  }

 private:
  std::set<std::uint64_t> seen_;
};

}  // namespace

TEST_CASE("a counter is accepted once", "[tunnel][replay]") {
  ReplayWindow window;
  for (const std::uint64_t counter : {0u, 1u, 2u, 64u, 65u, 9000u}) {
    CAPTURE(counter);
    CHECK(window.accept(counter));
    CHECK_FALSE(window.accept(counter));
  }
}

TEST_CASE("a packet that was overtaken is still accepted", "[tunnel][replay]") {
  ReplayWindow window = window_at(100);
  CHECK(window.accept(99));
  CHECK(window.accept(0));
  CHECK_FALSE(window.accept(99));
}

TEST_CASE("the window is 8128 counters wide, to the number", "[tunnel][replay]") {
  static_assert(ReplayWindow::width == 8128);
  // Every place of the highest counter within its word.
  for (std::uint64_t highest = 20000; highest < 20064; ++highest) {
    CAPTURE(highest);
    ReplayWindow window = window_at(highest);
    CHECK(window.accept(highest - 8128));
    CHECK_FALSE(window.accept(highest - 8128));
    CHECK_FALSE(window.accept(highest - 8129));
  }
}

TEST_CASE("a counter that jumps ahead forgets what lies behind the window, and nothing in it",
          "[tunnel][replay]") {
  ReplayWindow window;
  for (std::uint64_t counter = 0; counter < 200; ++counter) REQUIRE(window.accept(counter));
  REQUIRE(window.accept(8128));
  for (std::uint64_t counter = 0; counter < 200; ++counter) {
    CAPTURE(counter);
    CHECK_FALSE(window.accept(counter));
  }
  for (std::uint64_t counter = 200; counter < 8128; ++counter) REQUIRE(window.accept(counter));
}

TEST_CASE("the last counters of a session are never accepted", "[tunnel][replay]") {
  ReplayWindow window = window_at(reject_after_messages - 1);
  CHECK_FALSE(window.accept(reject_after_messages));
  CHECK_FALSE(window.accept(UINT64_MAX));
  CHECK(window.accept(reject_after_messages - 2));
}

TEST_CASE("the window agrees with a set of all counters", "[tunnel][replay]") {
  const auto seed = GENERATE(range(1u, 51u));
  CAPTURE(seed);
  test::SeededRandom random{seed};
  ReplayWindow window;
  Reference reference;
  std::uint64_t middle = 0;
  for (int step = 0; step < 2000; ++step) {
    middle += random.below(8) == 0 ? random.below(20000) : random.below(3);
    const std::uint64_t back = random.below(random.coin() ? 100 : 9000);
    const std::uint64_t counter = middle - std::min(middle, back);
    CAPTURE(step, counter);
    REQUIRE(window.accept(counter) == reference.accept(counter));
  }
}
