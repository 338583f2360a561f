// The two clocks of a machine: one that never goes backwards, for timers, and the one on the wall, for captures.
#pragma once

#include "base/time.hpp"

namespace culvert::io {

struct Clock {
  /// CLOCK_BOOTTIME: like CLOCK_MONOTONIC, but it goes on while the laptop sleeps, as the peer's clock does.
  Instant now() const;
  WallTime wall_time() const;
};

}  // namespace culvert::io
