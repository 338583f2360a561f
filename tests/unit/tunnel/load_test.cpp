// What a flood meets: rate_limiter.hpp, load_meter.hpp; and deadlines.hpp, which has to serve thousands of peers.
#include "support/catch.hpp"
#include "support/count_allocations.hpp"
#include "tunnel/deadlines.hpp"
#include "tunnel/load_meter.hpp"
#include "tunnel/rate_limiter.hpp"

using namespace culvert;
using namespace culvert::tunnel;
using namespace std::chrono_literals;

namespace {

constexpr Instant start{1h};
IpAddress address(std::string_view text) { return IpAddress::parse(text).value(); }

}  // namespace

TEST_CASE("one source may send five at once, then one each 50 milliseconds", "[tunnel][load]") {
  RateLimiter limiter;
  const IpAddress source = address("192.0.2.2");
  for (int i = 0; i < 5; ++i) CHECK(limiter.allows(start, source));
  CHECK_FALSE(limiter.allows(start, source));
  CHECK_FALSE(limiter.allows(start + 49ms, source));
  CHECK(limiter.allows(start + 50ms, source));
  CHECK_FALSE(limiter.allows(start + 50ms, source));
  for (int i = 0; i < 5; ++i) CHECK(limiter.allows(start + 1h, source));
  CHECK_FALSE(limiter.allows(start + 1h, source));
}

TEST_CASE("over a long time one source gets 20 a second", "[tunnel][load]") {
  RateLimiter limiter;
  int allowed = 0;
  for (auto now = start; now < start + 10s; now += 1ms)
    allowed += limiter.allows(now, address("192.0.2.2")) ? 1 : 0;
  CHECK(allowed >= 200);
  CHECK(allowed <= 205);
}

TEST_CASE("sources do not spend each other's tokens, but one /64 of IPv6 is one source",
          "[tunnel][load]") {
  RateLimiter limiter;
  for (int i = 0; i < 5; ++i) CHECK(limiter.allows(start, address("192.0.2.2")));
  CHECK(limiter.allows(start, address("192.0.2.3")));
  for (int i = 0; i < 5; ++i) CHECK(limiter.allows(start, address("2001:db8::1")));
  CHECK_FALSE(limiter.allows(start, address("2001:db8::2")));
  CHECK(limiter.allows(start, address("2001:db8:0:1::1")));
}

TEST_CASE("a flood from many sources fills no memory, and who is quiet is forgotten",
          "[tunnel][load]") {
  RateLimiter limiter;
  for (std::uint32_t i = 0; i < 10'000; ++i) {
    const bool allowed = limiter.allows(start, Ipv4Address{i});
    REQUIRE(allowed == (i < RateLimiter::max_sources));
  }
  CHECK(limiter.sources() == RateLimiter::max_sources);
  CHECK(limiter.allows(start + 1s, address("192.0.2.2")));
  CHECK(limiter.sources() == 1);
}

TEST_CASE("too much is more than the limit within a second, and lasts a second longer",
          "[tunnel][load]") {
  LoadMeter meter{3};
  for (int i = 0; i < 3; ++i) CHECK_FALSE(meter.is_too_much(start + i * 100ms));
  CHECK(meter.is_too_much(start + 300ms));
  CHECK(meter.is_too_much(start + 1299ms));
  CHECK_FALSE(meter.is_too_much(start + 1300ms));
}

TEST_CASE("the earliest deadline comes first, wherever it was moved", "[tunnel][load]") {
  Deadlines deadlines;
  deadlines.add(0, start + 3s);
  deadlines.add(1, start + 2s);
  deadlines.add(2, start + 1s);
  CHECK(deadlines.first().owner == 2);
  deadlines.move(2, start + 1s, start + 9s);
  CHECK(deadlines.first().owner == 1);
  deadlines.remove(1, start + 2s);
  CHECK(deadlines.first().owner == 0);
  deadlines.move(2, start + 9s, start);
  CHECK(deadlines.first().owner == 2);
  CHECK(deadlines.first().when == start);
}

TEST_CASE("moving a deadline allocates nothing", "[tunnel][load]") {
  Deadlines deadlines;
  for (std::uint32_t i = 0; i < 100; ++i) deadlines.add(i, start + i * 1s);
  CHECK(test::count_allocations([&] { deadlines.move(50, start + 50s, start + 1h); }) == 0);
}
