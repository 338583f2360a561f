#include "noise/timestamp.hpp"

namespace culvert::noise {

// [tag: admit]
bool TimestampGuard::admit(const Timestamp& timestamp) {
  if (greatest_ && timestamp <= *greatest_) return false;
  greatest_ = timestamp;
  return true;
}
// [end: admit]

}  // namespace culvert::noise
