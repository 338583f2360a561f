// caught by: the nanoseconds count within a second
// cause: only the seconds are compared: two handshakes in one second are two
#include "noise/timestamp.hpp"

namespace culvert::noise {

bool TimestampGuard::admit(const Timestamp& timestamp) {
  if (greatest_ &&
      load_be64(timestamp.bytes().first<8>()) <= load_be64(greatest_->bytes().first<8>()))
    return false;
  greatest_ = timestamp;
  return true;
}

}  // namespace culvert::noise
