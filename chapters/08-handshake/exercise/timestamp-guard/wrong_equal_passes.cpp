// caught by: the same initiation does not pass again
// cause: the same timestamp passes again: that is the recording itself
#include "noise/timestamp.hpp"

namespace culvert::noise {

bool TimestampGuard::admit(const Timestamp& timestamp) {
  if (greatest_ && timestamp < *greatest_) return false;
  greatest_ = timestamp;
  return true;
}

}  // namespace culvert::noise
