#include "tunnel/number_map.hpp"

#include <unordered_map>

#include "support/catch.hpp"
#include "support/seeded_random.hpp"

using namespace culvert;

namespace {

/// Homes side by side at the end of the table, some keys in each: those that move on take others' homes, also past the end.
struct CrowdedHash {
  std::uint64_t operator()(std::uint32_t key) const { return ~std::uint64_t{key / 4} << 55; }
};

using Map = tunnel::NumberMap<std::uint32_t, CrowdedHash>;

}  // namespace

TEST_CASE("a key has the number that it was given last", "[tunnel][number_map]") {
  Map map;
  CHECK_FALSE(map.find(7).has_value());
  map.set(7, 70);
  map.set(7, 71);
  CHECK(map.find(7) == 71u);
  CHECK(map.contains(7));
  CHECK_FALSE(map.contains(15));
  CHECK(map.size() == 1);
}

TEST_CASE("an erased key is gone, and only that one", "[tunnel][number_map]") {
  Map map;
  for (const std::uint32_t key : {7u, 15u, 23u}) map.set(key, key);  // all at the last place
  CHECK(map.erase(15));
  CHECK_FALSE(map.erase(15));
  CHECK(map.find(7) == 7u);
  CHECK(map.find(23) == 23u);
  CHECK_FALSE(map.contains(15));
  CHECK(map.size() == 2);
}

TEST_CASE("a number map agrees with a list of all keys", "[tunnel][number_map]") {
  const auto seed = GENERATE(range(1u, 21u));
  CAPTURE(seed);
  test::SeededRandom random{seed};
  Map map;
  std::unordered_map<std::uint32_t, std::uint32_t> reference;
  for (int step = 0; step < 2000; ++step) {
    const std::uint32_t key = random.below(150);
    if (random.below(3) == 0) {
      REQUIRE(map.erase(key) == (reference.erase(key) == 1));
    } else {
      const std::uint32_t number = random.below(1000);
      map.set(key, number);
      reference[key] = number;
    }
    const std::uint32_t asked = random.below(150);
    CAPTURE(step, asked);
    const auto found = reference.find(asked);
    REQUIRE(map.size() == reference.size());
    REQUIRE(map.find(asked) ==
            (found == reference.end() ? std::nullopt : std::optional{found->second}));
  }
}
