// The time of day as an argument: the pure rooms ask this face, io/ puts the machine's clock behind it, tests a number.
// It may jump, in both directions; for timers there is Instant.
#pragma once

#include "base/time.hpp"

namespace culvert {

class WallClock {
 public:
  virtual ~WallClock() = default;
  virtual WallTime now() = 0;
};

}  // namespace culvert
