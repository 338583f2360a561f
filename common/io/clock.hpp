// The two clocks of a machine: one that never goes backwards, for timers, and the one on the wall, for captures.
#pragma once

#include "base/time.hpp"
#include "base/wall_clock.hpp"

namespace culvert::io {

struct Clock {
  /// CLOCK_BOOTTIME: like CLOCK_MONOTONIC, but it goes on while the laptop sleeps, as the peer's clock does.
  Instant now() const;
  WallTime wall_time() const;
};

/// The clock on the wall, behind the face that the pure rooms know.
class SystemWallClock final : public WallClock {
 public:
  WallTime now() override { return Clock{}.wall_time(); }
};

}  // namespace culvert::io
