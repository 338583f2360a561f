// The kernel's random generator (getrandom), behind the face that the pure rooms know.
#pragma once

#include "base/random.hpp"

namespace culvert::io {

class SystemRandom final : public Random {
 public:
  void fill(MutableBytes out) override;
};

}  // namespace culvert::io
