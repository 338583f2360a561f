// Exercise: the behaviours that a learner's function must show, and the program that tries them one by one.
#pragma once

#include <string_view>
#include <vector>

#include "support/exercise/attempt.hpp"

namespace culvert::exercise {

struct Behaviour {
  std::string_view
      sentence;  // true of a right solution: "an odd last byte is the high half of a word"
  std::string_view reference;  // where to read on: "RFC 1071, section 1"
  void (*check)(Attempt&);
};

struct Exercise {
  std::string_view chapter;  // "03"
  std::string_view name;     // "checksum"
  std::vector<Behaviour> behaviours;
};

/// main() of an exercise: tries each behaviour in a process of its own, with many seeds, and prints what it saw.
/// Exit status: 0 all behave; 1 an expectation was not met; 2 bad options; 3 the function crashed or did not come back.
int run_exercise(const Exercise& exercise, int argc, char** argv);

}  // namespace culvert::exercise
