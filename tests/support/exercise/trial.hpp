// Trial: one behaviour, tried in a process of its own, so that a crash or an endless loop of the learner's function ends
// that process and not the report.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "support/exercise/exercise.hpp"

namespace culvert::exercise {

enum class Verdict { passed, unmet, crashed, late, left };

struct Outcome {
  Verdict verdict = Verdict::left;
  std::uint64_t seed = 0;          // of the sample that failed
  std::vector<std::string> steps;  // of that sample
  std::string text;                // what was not met, or how it ended
  std::string cause;               // the likeliest, or empty
  bool has_capture = false;
};

struct TrialOptions {
  std::uint64_t seed = 0;
  unsigned samples = 1;
  std::string capture;  // where a failing packet test leaves its packets
  std::chrono::milliseconds limit{10000};
};

Outcome try_behaviour(const Behaviour& behaviour, const TrialOptions& options);

}  // namespace culvert::exercise
