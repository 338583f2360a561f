// Exercise 08, timestamp-guard. Copy this file to student.cpp and write the function; README.md says what it must do.
#include "noise/timestamp.hpp"

namespace culvert::noise {

bool TimestampGuard::admit(const Timestamp& timestamp) {
  return true;  // yours: is it newer than all before it?
}

}  // namespace culvert::noise
