// Exercise 03, echo-reply. Copy this file to student.cpp and write the function; README.md says what it must do.
#include "wire/build.hpp"

namespace culvert::wire {

std::optional<MutableBytes> build_echo_reply(MutableBytes out, Bytes request) {
  return std::nullopt;  // yours: is it an echo request? Then write the reply into `out`
}

}  // namespace culvert::wire
