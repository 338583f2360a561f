// Randomness as an argument: the pure rooms draw from this face, io/ puts the kernel's generator behind it, tests a seed.
#pragma once

#include "base/bytes.hpp"

namespace culvert {

class Random {
 public:
  virtual ~Random() = default;

  /// Overwrites every byte of `out` with random bytes.
  virtual void fill(MutableBytes out) = 0;

  /// A uniformly distributed number below `bound`, which must not be 0 (asserted).
  std::uint32_t below(std::uint32_t bound);
};

}  // namespace culvert
