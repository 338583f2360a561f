// caught by: newer initiations pass
// cause: the first timestamp of a peer is refused: nothing could ever begin
#include "noise/timestamp.hpp"

namespace culvert::noise {

bool TimestampGuard::admit(const Timestamp& timestamp) {
  const bool newer = greatest_ && timestamp > *greatest_;
  if (newer || !greatest_) greatest_ = timestamp;
  return newer;
}

}  // namespace culvert::noise
