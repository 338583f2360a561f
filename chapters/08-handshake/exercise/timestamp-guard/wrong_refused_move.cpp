// caught by: older ones are refused and change nothing
// cause: a refused timestamp moves the guard: behind an old one, others pass again
#include "noise/timestamp.hpp"

namespace culvert::noise {

bool TimestampGuard::admit(const Timestamp& timestamp) {
  const bool newer = !greatest_ || timestamp > *greatest_;
  greatest_ = timestamp;
  return newer;
}

}  // namespace culvert::noise
