// caught by: the same initiation does not pass again
// cause: everything passes: a recorded initiation makes the server forget the true session
#include "noise/timestamp.hpp"

namespace culvert::noise {

bool TimestampGuard::admit(const Timestamp& timestamp) {
  greatest_ = timestamp;
  return true;
}

}  // namespace culvert::noise
