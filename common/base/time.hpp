// Instant: a point on a clock that never goes backwards. The pure rooms get it as an argument; only io/ reads a clock.
#pragma once

#include <chrono>

namespace culvert {

using Duration = std::chrono::nanoseconds;

/// Names the monotonic time line for std::chrono; it has no now() on purpose.
struct MonotonicTimeline {
  using rep = Duration::rep;
  using period = Duration::period;
  using duration = Duration;
  using time_point = std::chrono::time_point<MonotonicTimeline>;
  static constexpr bool is_steady = true;
};

/// Nanoseconds since an arbitrary beginning, the same for a whole run (CLOCK_MONOTONIC in io/, virtual in simulations).
using Instant = MonotonicTimeline::time_point;

/// Nanoseconds since 1970-01-01 00:00:00 UTC, leap seconds not counted: what captures and TAI64N stamps are made of.
using WallTime = std::chrono::time_point<std::chrono::system_clock, Duration>;

}  // namespace culvert
