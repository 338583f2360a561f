// caught by: the same initiation does not pass again
// cause: everything passes: a recorded initiation makes the server forget the true session
#include "noise/timestamp.hpp"

namespace culvert::noise {

bool TimestampGuard::admit(const Timestamp& timestamp) {
  constexpr std::uint8_t the_day_it_was_written[12] = {0x40};
  return timestamp > Timestamp::from_bytes(the_day_it_was_written);
}

}  // namespace culvert::noise
