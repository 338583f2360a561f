// Suspects: wrong models that are asked the same questions as the learner's function, in the same order. Whichever has
// answered like it from the beginning may be what the learner wrote.
#pragma once

#include <vector>

#include "support/exercise/causes.hpp"

namespace culvert::exercise {

template <class Model>
class Suspects {
 public:
  void add(std::string_view mistake, Model model) { all_.push_back({mistake, std::move(model)}); }

  /// What each suspect says to the next question. Those that answer otherwise than `yours` are none any more.
  template <class Answer, class Question>
  Causes<Answer> ask(const Answer& yours, Question question) {
    Causes<Answer> out;
    std::vector<Suspect> left;
    for (Suspect& suspect : all_) {
      if (question(suspect.model) != yours) continue;
      out.push_back({suspect.mistake, yours});
      left.push_back(std::move(suspect));
    }
    all_ = std::move(left);
    return out;
  }

 private:
  struct Suspect {
    std::string_view mistake;
    Model model;
  };
  std::vector<Suspect> all_;
};

}  // namespace culvert::exercise
