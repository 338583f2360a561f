#include "support/exercise/trial.hpp"

#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <optional>

#include "capture/writer.hpp"

namespace culvert::exercise {
namespace {

using Clock = std::chrono::steady_clock;

// The child tells its parent by lines: '@' a new sample and its seed, '-' a step, '?' the likely cause, '#' a capture was
// written, '=' a line of text, '!' the end. What comes before a crash has been said already.
class Teller {
 public:
  explicit Teller(int fd) : fd_(fd) {}

  void tell(char mark, std::string_view text) {
    std::string line = mark + std::string{text} + "\n";
    while (!line.empty()) {
      const ssize_t written = ::write(fd_, line.data(), line.size());
      if (written <= 0) ::_exit(1);  // nobody listens any more
      line.erase(0, static_cast<std::size_t>(written));
    }
  }
  void tell_lines(char mark, std::string_view text) {
    while (!text.empty()) {
      const std::size_t end = std::min(text.find('\n'), text.size());
      tell(mark, text.substr(0, end));
      text.remove_prefix(std::min(end + 1, text.size()));
    }
  }

 private:
  int fd_;
};

std::uint16_t link_type_of(Kind kind) {
  switch (kind) {
    case Kind::raw_ip:
      return 101;  // LINKTYPE_RAW
    case Kind::ethernet:
      return 1;  // LINKTYPE_ETHERNET
    default:
      return 147;  // LINKTYPE_USER0: no link of its own
  }
}

bool write_capture(const std::string& path, const Unmet& unmet) {
  if (path.empty() || unmet.packets.empty()) return false;
  auto writer = capture::Writer::create(path, {.link_type = link_type_of(unmet.kind)});
  for (const auto& packet : unmet.packets) {
    if (packet.empty()) continue;
    capture::CapturedPacket captured{};
    captured.bytes = packet;
    captured.wire_length = static_cast<std::uint32_t>(packet.size());
    captured.link_type = link_type_of(unmet.kind);
    writer.write(captured);
  }
  writer.flush();
  return true;
}

struct FailedSample {
  std::uint64_t seed;
  std::vector<std::string> steps;
  Unmet unmet;
};

std::optional<FailedSample> try_sample(const Behaviour& behaviour, std::uint64_t seed,
                                       Teller& teller) {
  std::vector<std::string> steps;
  teller.tell('@', std::to_string(seed));
  Attempt attempt{seed, [&](std::string_view step) {
                    steps.emplace_back(step);
                    teller.tell('-', step);
                  }};
  try {
    behaviour.check(attempt);
    return std::nullopt;
  } catch (Unmet& unmet) {
    return FailedSample{seed, std::move(steps), std::move(unmet)};
  } catch (const std::exception& error) {
    return FailedSample{
        seed, std::move(steps), {std::string{"it threw an exception: "} + error.what() + "\n", {}}};
  }
}

/// A mistake explains every failure, chance only some: the cause that fits most of the failed samples, the earlier named
/// one if several do.
std::string common_cause(const std::vector<FailedSample>& failed) {
  std::string best;
  std::size_t most = 0;
  for (const FailedSample& sample : failed) {
    for (const std::string& cause : sample.unmet.causes) {
      std::size_t fits = 0;
      for (const FailedSample& other : failed) {
        const auto& causes = other.unmet.causes;
        fits += std::find(causes.begin(), causes.end(), cause) != causes.end() ? 1u : 0u;
      }
      if (fits > most) {
        most = fits;
        best = cause;
      }
    }
  }
  return best;
}

[[noreturn]] void child(const Behaviour& behaviour, const TrialOptions& options, int fd) {
  Teller teller{fd};
  std::vector<FailedSample> failed;
  for (unsigned i = 0; i < options.samples; ++i) {
    if (auto sample = try_sample(behaviour, options.seed + i, teller))
      failed.push_back(std::move(*sample));
  }
  if (!failed.empty()) {
    const FailedSample& first = failed.front();
    teller.tell('@', std::to_string(first.seed));
    for (const std::string& step : first.steps) teller.tell('-', step);
    teller.tell('?', common_cause(failed));
    if (write_capture(options.capture, first.unmet)) teller.tell('#', options.capture);
    teller.tell_lines('=', first.unmet.text);
  }
  teller.tell('!', "end");
  ::_exit(0);
}

struct Told {
  Outcome outcome;
  bool ended = false;

  void hear(std::string_view line) {
    if (line.empty()) return;
    const std::string text{line.substr(1)};
    switch (line[0]) {
      case '@':
        outcome.seed = std::strtoull(text.c_str(), nullptr, 10);
        outcome.steps.clear();
        break;
      case '-':
        outcome.steps.push_back(text);
        break;
      case '?':
        outcome.cause = text;
        break;
      case '#':
        outcome.has_capture = true;
        break;
      case '=':
        outcome.text += text + "\n";
        break;
      case '!':
        ended = true;
        break;
      default:
        break;
    }
  }
};

/// False when the time is over before the child closed its end.
bool listen(int fd, Clock::time_point end, Told& told) {
  std::string heard;
  while (true) {
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(end - Clock::now()).count();
    pollfd waiting{fd, POLLIN, 0};
    if (left <= 0 || ::poll(&waiting, 1, static_cast<int>(left)) == 0) return false;
    char buffer[4096];
    const ssize_t got = ::read(fd, buffer, sizeof buffer);
    if (got <= 0) return true;
    heard.append(buffer, static_cast<std::size_t>(got));
    for (std::size_t line = heard.find('\n'); line != std::string::npos; line = heard.find('\n')) {
      told.hear(std::string_view{heard}.substr(0, line));
      heard.erase(0, line + 1);
    }
  }
}

}  // namespace

Outcome try_behaviour(const Behaviour& behaviour, const TrialOptions& options) {
  int ends[2];
  if (::pipe(ends) != 0) throw std::system_error(errno, std::generic_category(), "make a pipe");
  const pid_t process = ::fork();
  if (process < 0) throw std::system_error(errno, std::generic_category(), "start a process");
  if (process == 0) {
    ::close(ends[0]);
    child(behaviour, options, ends[1]);
  }
  ::close(ends[1]);

  Told told;
  const bool in_time = listen(ends[0], Clock::now() + options.limit, told);
  ::close(ends[0]);
  if (!in_time) ::kill(process, SIGKILL);
  int status = 0;
  ::waitpid(process, &status, 0);

  Outcome& outcome = told.outcome;
  if (!in_time) {
    outcome.verdict = Verdict::late;
    outcome.text = fmt::format("it did not come back within {} ms: does a loop never end?\n",
                               options.limit.count());
  } else if (told.ended) {
    outcome.verdict = outcome.text.empty() ? Verdict::passed : Verdict::unmet;
  } else if (WIFSIGNALED(status)) {
    outcome.verdict = Verdict::crashed;
    outcome.text =
        fmt::format("it crashed: signal {}, {}\n", WTERMSIG(status), ::strsignal(WTERMSIG(status)));
  } else {
    outcome.verdict = Verdict::left;
    outcome.text =
        "it ended the whole program before the test was over; a sanitizer's report, if there is "
        "one, stands above\n";
  }
  return std::move(outcome);
}

}  // namespace culvert::exercise
