// What the guard against recorded initiations must let pass.
#include <optional>

#include "noise/timestamp.hpp"
#include "support/exercise/exercise.hpp"
#include "support/exercise/suspects.hpp"

using namespace culvert;
using namespace culvert::exercise;
using noise::Timestamp;
using noise::TimestampGuard;

namespace {

/// Seconds and nanoseconds; in this order pairs sort as time does.
using Moment = std::pair<std::uint64_t, std::uint32_t>;

Timestamp stamp(const Moment& moment) {
  std::array<std::uint8_t, 12> bytes{};
  const MutableBytes all{bytes};
  store_be64(all.first<8>(), moment.first);
  store_be32(all.last<4>(), moment.second);
  return Timestamp::from_bytes(Field<12>{bytes});
}

enum class Habit {
  none,
  always,
  equal_passes,
  refused_move,
  seconds_only,
  nanoseconds_only,
  first_refused
};

class Model {
 public:
  explicit Model(Habit habit = Habit::none) : habit_(habit) {}

  bool admit(const Moment& moment) {
    if (!newest_) {
      newest_ = moment;
      return habit_ != Habit::first_refused;
    }
    const bool newer = is_newer(moment);
    if (newer || habit_ == Habit::refused_move) newest_ = moment;
    return newer;
  }

 private:
  bool is_newer(const Moment& moment) const {
    switch (habit_) {
      case Habit::always:
        return true;
      case Habit::equal_passes:
        return moment >= *newest_;
      case Habit::seconds_only:
        return moment.first > newest_->first;
      case Habit::nanoseconds_only:
        return moment.second > newest_->second;
      default:
        return moment > *newest_;
    }
  }

  Habit habit_;
  std::optional<Moment> newest_;
};

/// The learner's guard, asked beside the right one and the wrong ones.
struct Trial {
  explicit Trial(Attempt& with) : attempt(with) {
    wrong.add("everything passes: a recorded initiation makes the server forget the true session",
              Model{Habit::always});
    wrong.add("the same timestamp passes again: that is the recording itself",
              Model{Habit::equal_passes});
    wrong.add("a refused timestamp moves the guard: behind an old one, others pass again",
              Model{Habit::refused_move});
    wrong.add("only the seconds are compared: two handshakes in one second are two",
              Model{Habit::seconds_only});
    wrong.add("only the nanoseconds are compared: they begin again each second",
              Model{Habit::nanoseconds_only});
    wrong.add("the first timestamp of a peer is refused: nothing could ever begin",
              Model{Habit::first_refused});
  }

  void ask(const Moment& moment) {
    const bool yours = guard.admit(stamp(moment));
    const bool expected = right.admit(moment);
    const auto causes = wrong.ask(yours, [&](Model& model) { return model.admit(moment); });
    attempt.step(fmt::format("an initiation of second {}, nanosecond {}: {}", moment.first,
                             moment.second, yours ? "passed" : "refused"));
    attempt.expect("it may pass", yours, expected, causes);
  }

  Attempt& attempt;
  TimestampGuard guard{};
  Model right{};
  Suspects<Model> wrong{};
};

Moment some_moment(test::SeededRandom& random) {
  return {(std::uint64_t{1} << 62) + random.below(1'000'000'000), 1 + random.below(900'000'000)};
}

void newer_pass(Attempt& attempt) {
  Trial trial{attempt};
  Moment moment = some_moment(attempt.random());
  for (int i = 0; i < 5; ++i) {
    trial.ask(moment);
    moment = {moment.first + 1 + attempt.random().below(100), moment.second};
    moment.second += attempt.random().below(1000);
  }
}
void same_refused(Attempt& attempt) {
  Trial trial{attempt};
  const Moment moment = some_moment(attempt.random());
  trial.ask(moment);
  trial.ask({moment.first - 1, moment.second});
  trial.ask({moment.first + 1, moment.second + 1});
  trial.ask({moment.first + 1, moment.second + 1});
}
void within_a_second(Attempt& attempt) {
  Trial trial{attempt};
  const Moment moment = some_moment(attempt.random());
  trial.ask(moment);
  trial.ask({moment.first, moment.second + 1 + attempt.random().below(1000)});
  trial.ask({moment.first + 1, 0});
}
void older_refused(Attempt& attempt) {
  Trial trial{attempt};
  const Moment now = some_moment(attempt.random());
  const Moment before{now.first - 10, now.second};
  const Moment long_before{now.first - 1000 - attempt.random().below(1000), now.second};
  trial.ask(now);
  trial.ask(long_before);
  trial.ask(before);
}

}  // namespace

int main(int argc, char** argv) {
  return run_exercise(
      {"08",
       "timestamp-guard",
       {{"newer initiations pass", "WireGuard's paper, section 5.1", newer_pass},
        {"the same initiation does not pass again", "WireGuard's paper, section 5.1", same_refused},
        {"the nanoseconds count within a second", "TAI64N (12 bytes, big-endian)", within_a_second},
        {"older ones are refused and change nothing", "WireGuard's paper, section 5.1",
         older_refused}}},
      argc, argv);
}
