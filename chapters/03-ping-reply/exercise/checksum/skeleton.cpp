// Exercise 03, checksum. Copy this file to student.cpp and write the function; README.md says what it must do.
#include "wire/checksum.hpp"

namespace culvert::wire {

std::uint16_t ones_complement_sum(Bytes bytes, std::uint16_t start) {
  return start;  // yours: add up the words of `bytes`
}

}  // namespace culvert::wire
