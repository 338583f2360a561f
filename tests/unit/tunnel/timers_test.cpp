#include "tunnel/timers.hpp"

#include "support/catch.hpp"

using namespace culvert;
using namespace culvert::tunnel;
using namespace std::chrono_literals;

namespace {

constexpr Instant start{1h};
constexpr Duration no_keepalive{};

}  // namespace

TEST_CASE("a fresh peer has nothing to do", "[tunnel][timers]") {
  CHECK(Timers{}.first() == Timers::never);
}

TEST_CASE("data that nothing answers leads to a handshake after 15 seconds", "[tunnel][timers]") {
  Timers timers;
  timers.jitter = 100ms;
  timers.on_data_sent(start);
  CHECK(timers.first() == start + 15s + 100ms);
  timers.on_data_sent(start + 3s);  // the first unanswered packet counts
  CHECK(timers.first() == start + 15s + 100ms);
  timers.on_received(start + 4s, no_keepalive);
  CHECK(timers.first() == Timers::never);
}

TEST_CASE("data is answered with a keepalive after 10 seconds, unless something else goes out",
          "[tunnel][timers]") {
  Timers timers;
  timers.on_data_received(start);
  timers.on_data_received(start + 5s);
  CHECK(timers.first() == start + 10s);
  timers.on_sent(start + 6s, no_keepalive);
  CHECK(timers.first() == Timers::never);
}

TEST_CASE("a persistent keepalive is counted from the last message in either direction",
          "[tunnel][timers]") {
  Timers timers;
  timers.on_sent(start, 25s);
  CHECK(timers.first() == start + 25s);
  timers.on_received(start + 5s, 25s);
  CHECK(timers.first() == start + 30s);
}

TEST_CASE("an initiation is repeated after 5 seconds and some, for 90 seconds",
          "[tunnel][timers]") {
  Timers timers;
  timers.jitter = 333ms;
  timers.on_initiation_sent(start);
  CHECK(timers.first() == start + 5s + 333ms);
  timers.on_initiation_sent(start + 6s);
  CHECK(timers.first() == start + 11s + 333ms);
  CHECK_FALSE(timers.is_giving_up(start + 90s - 1ns));
  CHECK(timers.is_giving_up(start + 90s));
}

TEST_CASE("who gives up asks no more, and forgets its keys in the end", "[tunnel][timers]") {
  Timers timers;
  timers.on_initiation_sent(start);
  timers.on_data_received(start);
  timers.on_gave_up(start + 90s);
  CHECK(timers.first() == start + 90s + 540s);
  CHECK_FALSE(timers.is_giving_up(start + 1h));
}

TEST_CASE("an answered question is not repeated", "[tunnel][timers]") {
  Timers timers;
  timers.on_initiation_sent(start);
  timers.on_session_confirmed();
  CHECK(timers.first() == Timers::never);
  CHECK_FALSE(timers.is_giving_up(start + 1h));
}

TEST_CASE("keys that nothing renewed are forgotten after nine minutes", "[tunnel][timers]") {
  Timers timers;
  timers.on_session_made(start);
  CHECK(timers.first() == start + 540s);
  timers.on_session_made(start + 2min);
  CHECK(timers.first() == start + 2min + 540s);
}
