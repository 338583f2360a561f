// What a replay window must let pass and what not. A model with a set of all counters says what is right, and others like
// it have the usual mistakes.
#include "tunnel/replay_window.hpp"

#include <set>

#include "support/exercise/exercise.hpp"
#include "support/exercise/suspects.hpp"

using namespace culvert;
using namespace culvert::exercise;
using tunnel::reject_after_messages;
using tunnel::ReplayWindow;

namespace {

constexpr std::uint64_t width = ReplayWindow::width;
constexpr std::uint64_t ring = ReplayWindow::words * ReplayWindow::bits_per_word;

enum class Habit {
  none,
  only_rising,
  no_memory,
  forgets_at_each_step,
  late_are_old,
  old_are_new,
  stale_words,
  no_limit,
  too_narrow,
  never
};

class Model {
 public:
  explicit Model(Habit habit = Habit::none) : habit_(habit) {}

  bool accept(std::uint64_t counter) {
    if (habit_ == Habit::never) return false;
    if (habit_ != Habit::no_limit && counter >= reject_after_messages) return false;
    const bool ahead = !any_ || counter > highest_;
    if (habit_ == Habit::only_rising && !ahead) return false;
    const std::uint64_t reach = habit_ == Habit::too_narrow ? 64 : width;
    if (habit_ != Habit::old_are_new && !ahead && counter + reach < highest_) return false;
    if (habit_ == Habit::late_are_old && !ahead && counter / 64 != highest_ / 64) return false;
    if (habit_ == Habit::forgets_at_each_step && ahead) seen_.clear();
    // Words of the ring that were not emptied say of new counters what was true a round ago.
    const std::uint64_t key = habit_ == Habit::stale_words ? counter % ring : counter;
    const bool is_new = seen_.insert(key).second || habit_ == Habit::no_memory;
    if (ahead) highest_ = counter;
    any_ = true;
    return is_new;
  }

 private:
  Habit habit_;
  bool any_ = false;
  std::uint64_t highest_ = 0;
  std::set<std::uint64_t> seen_;
};

Suspects<Model> suspects() {
  Suspects<Model> out;
  out.add("only rising counters pass: datagrams overtake each other, and late ones are welcome",
          Model{Habit::only_rising});
  out.add("no counter passes, not even a new one: is the question asked at all?",
          Model{Habit::never});
  out.add("nothing is remembered: a recorded packet passes again", Model{Habit::no_memory});
  out.add("a step forward forgets what was seen: old packets pass again",
          Model{Habit::forgets_at_each_step});
  out.add("what fell out of the window passes: nobody knows any more whether it was seen",
          Model{Habit::old_are_new});
  out.add("words between the old head and the new one keep their bits of a round ago",
          Model{Habit::stale_words});
  out.add("the limit is missing: behind reject_after_messages nothing passes",
          Model{Habit::no_limit});
  out.add("the window is too narrow: it should reach `width` back", Model{Habit::too_narrow});
  out.add("the window is too narrow: it should reach `width` back", Model{Habit::late_are_old});
  return out;
}

/// The learner's window, asked beside the right one and the suspects.
struct Trial {
  Attempt& attempt;
  ReplayWindow window{};
  Model right{};
  Suspects<Model> wrong = suspects();

  void ask(std::uint64_t counter) {
    const bool yours = window.accept(counter);
    const bool expected = right.accept(counter);
    const auto causes = wrong.ask(yours, [&](Model& model) { return model.accept(counter); });
    attempt.step(fmt::format("counter {}: {}", counter, yours ? "passed" : "refused"));
    attempt.expect("it may pass", yours, expected, causes);
  }
};

void rising(Attempt& attempt) {
  Trial trial{attempt};
  std::uint64_t counter = 0;
  for (int i = 0; i < 10; ++i) {
    trial.ask(counter);
    counter += 1 + attempt.random().below(200);
  }
}
void twice(Attempt& attempt) {
  Trial trial{attempt};
  const std::uint64_t counter = attempt.random().below(1000);
  trial.ask(counter);
  trial.ask(counter);
}
void late(Attempt& attempt) {
  Trial trial{attempt};
  const std::uint64_t newest = 64 * (150 + attempt.random().below(20)) + 40;
  trial.ask(newest);
  trial.ask(newest - 1 - attempt.random().below(30));
  for (int i = 0; i < 3; ++i) {
    const std::uint64_t counter = newest - 200 - attempt.random().below(6000);
    trial.ask(counter);
    trial.ask(counter);
  }
}
void still_known(Attempt& attempt) {
  Trial trial{attempt};
  const std::uint64_t first = attempt.random().below(500);
  trial.ask(first);
  trial.ask(first);
  trial.ask(first + 1 + attempt.random().below(5000));
  trial.ask(first);
}
void too_old(Attempt& attempt) {
  Trial trial{attempt};
  const std::uint64_t newest = 20'000 + attempt.random().below(1000);
  trial.ask(newest);
  trial.ask(newest - width);
  trial.ask(newest - width - 1 - attempt.random().below(3000));
}
void leaps(Attempt& attempt) {
  Trial trial{attempt};
  const std::uint64_t first = 64 * std::uint64_t{attempt.random().below(50)};
  for (const std::uint64_t i : {40u, 20u, 30u}) trial.ask(first + i);
  trial.ask(first + ring + 64);  // further than the ring is long
  for (const std::uint64_t i : {20u, 30u, 40u}) trial.ask(first + ring + i);
}
void the_end(Attempt& attempt) {
  Trial trial{attempt};
  trial.ask(reject_after_messages - 1 - attempt.random().below(5));
  trial.ask(reject_after_messages + attempt.random().below(60));
}
void anything(Attempt& attempt) {
  Trial trial{attempt};
  std::uint64_t around = 0;
  for (int i = 0; i < 300; ++i) {
    around += attempt.random().below(50) == 0 ? attempt.random().below(20'000)
                                              : attempt.random().below(5);
    const std::uint64_t back = attempt.random().below(3) == 0 ? attempt.random().below(9000) : 0;
    trial.ask(around - std::min(around, back));
  }
}

}  // namespace

int main(int argc, char** argv) {
  return run_exercise(
      {"07",
       "replay-window",
       {{"rising counters pass", "RFC 6479, section 2", rising},
        {"the same counter does not pass twice", "RFC 6479, section 1", twice},
        {"a late counter passes once", "RFC 6479, section 2", late},
        {"what was seen stays known as the window moves on", "RFC 6479, section 2", still_known},
        {"what is further back than the window is refused", "RFC 6479, section 2", too_old},
        {"a leap leaves no old bits behind", "RFC 6479, section 2 (the code's loop)", leaps},
        {"behind the last counter nothing passes",
         "WireGuard's paper, section 6.1 (reject-after-messages)", the_end},
        {"any order gives the answers of the set of all counters", "RFC 6479", anything}}},
      argc, argv);
}
