#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <optional>

#include "support/exercise/trial.hpp"

namespace culvert::exercise {
namespace {

struct Options {
  std::uint64_t seed = 0;
  unsigned samples = 25;
  std::size_t only = 0;  // the number of one behaviour; 0: all
  bool all = false;      // explain every failure, not only the first
  std::string evidence = ".";
  std::string json;
  double limit = 10;
};

/// Another one each time: an answer learned by heart does not pass.
std::uint64_t fresh_seed() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return static_cast<std::uint64_t>(
             std::chrono::duration_cast<std::chrono::milliseconds>(now).count()) %
         1'000'000 * 1000;
}

std::string_view word_for(Verdict verdict) {
  switch (verdict) {
    case Verdict::passed:
      return "passed";
    case Verdict::unmet:
      return "FAILED";
    case Verdict::crashed:
      return "CRASHED";
    case Verdict::late:
      return "TOO LATE";
    case Verdict::left:
      return "ENDED";
  }
  return "?";
}

void print_indented(std::string_view title, std::string_view text) {
  fmt::print("  {}\n", title);
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    if (end > 0) {
      fmt::print("    {}\n", text.substr(0, end));
    } else {
      fmt::print("\n");
    }
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

void explain(const Exercise& exercise, std::size_t number, const Outcome& outcome,
             const std::string& capture) {
  const Behaviour& behaviour = exercise.behaviours[number - 1];
  fmt::print("\n{}: {}\n", word_for(outcome.verdict), behaviour.sentence);
  std::string steps;
  for (const std::string& step : outcome.steps) steps += step + "\n";
  if (!steps.empty()) print_indented("what was done", steps);
  print_indented("what came back", outcome.text);
  if (!outcome.cause.empty()) print_indented("likely cause", outcome.cause);
  print_indented("read", behaviour.reference);
  if (outcome.has_capture)
    print_indented("the packets", fmt::format("tundump --tree -x -r {}", capture));
  print_indented("run just this again",
                 fmt::format("tools/lab check {} {} --only {} --seed {}", exercise.chapter,
                             exercise.name, number, outcome.seed));
}

std::string json_text(std::string_view text) {
  std::string out = "\"";
  for (const char letter : text) {
    if (letter == '"' || letter == '\\') out += '\\';
    if (letter == '\n') {
      out += "\\n";
    } else if (static_cast<unsigned char>(letter) < 0x20) {
      out += fmt::format("\\u{:04x}", static_cast<unsigned>(letter));
    } else {
      out += letter;
    }
  }
  return out + '"';
}

void write_json(const std::string& path, const Exercise& exercise,
                const std::vector<std::pair<std::size_t, Outcome>>& outcomes) {
  std::string out = fmt::format("{{\"chapter\": {}, \"exercise\": {}, \"behaviours\": [",
                                json_text(exercise.chapter), json_text(exercise.name));
  for (const auto& [number, outcome] : outcomes) {
    out += fmt::format(
        "{}\n {{\"sentence\": {}, \"verdict\": {}, \"text\": {}, \"cause\": {}, \"seed\": {}}}",
        number == outcomes.front().first ? "" : ",",
        json_text(exercise.behaviours[number - 1].sentence), json_text(word_for(outcome.verdict)),
        json_text(outcome.text), json_text(outcome.cause), outcome.seed);
  }
  out += "\n]}\n";
  std::FILE* file = std::fopen(path.c_str(), "w");
  if (file == nullptr) throw std::system_error(errno, std::generic_category(), "write " + path);
  std::fwrite(out.data(), 1, out.size(), file);
  std::fclose(file);
}

int run(const Exercise& exercise, const Options& options) {
  std::vector<std::pair<std::size_t, Outcome>> outcomes;
  std::size_t passed = 0;
  int status = 0;
  std::optional<std::size_t> first_failure;
  fmt::print("{} {}\n", exercise.chapter, exercise.name);
  for (std::size_t number = 1; number <= exercise.behaviours.size(); ++number) {
    if (options.only != 0 && number != options.only) continue;
    const std::string capture =
        fmt::format("{}/{}-{}-{}.pcap", options.evidence, exercise.chapter, exercise.name, number);
    std::filesystem::remove(capture);
    std::fflush(stdout);
    const Behaviour& behaviour = exercise.behaviours[number - 1];
    outcomes.emplace_back(
        number,
        try_behaviour(behaviour,
                      {options.seed, options.samples, capture,
                       std::chrono::milliseconds{static_cast<long>(options.limit * 1000)}}));
    const Outcome& outcome = outcomes.back().second;
    fmt::print("  {:>2}  {:<8}  {}\n", number, word_for(outcome.verdict), behaviour.sentence);
    if (outcome.verdict == Verdict::passed) {
      ++passed;
      continue;
    }
    status = std::max(status, outcome.verdict == Verdict::unmet ? 1 : 3);
    if (!first_failure) first_failure = outcomes.size() - 1;
  }
  fmt::print("{} of {} behaviours\n", passed, outcomes.size());
  for (std::size_t i = first_failure.value_or(outcomes.size()); i < outcomes.size(); ++i) {
    const auto& [number, outcome] = outcomes[i];
    if (outcome.verdict == Verdict::passed || (i != *first_failure && !options.all)) continue;
    explain(
        exercise, number, outcome,
        fmt::format("{}/{}-{}-{}.pcap", options.evidence, exercise.chapter, exercise.name, number));
  }
  if (!options.json.empty()) write_json(options.json, exercise, outcomes);
  return status;
}

}  // namespace

int run_exercise(const Exercise& exercise, int argc, char** argv) {
  Options options;
  options.seed = fresh_seed();
  CLI::App app{fmt::format("Exercise {} {}: tries each behaviour of the function that is linked in",
                           exercise.chapter, exercise.name)};
  auto* seed = app.add_option("--seed", options.seed, "makes up the same packets again");
  app.add_option("--samples", options.samples, "how many seeds each behaviour is tried with")
      ->check(CLI::Range(1u, 100'000u));
  app.add_option("--only", options.only, "the number of one behaviour")
      ->check(CLI::Range(std::size_t{1}, exercise.behaviours.size()));
  app.add_flag("--all", options.all, "explain every failure, not only the first");
  app.add_option("--evidence", options.evidence, "the folder for captures of failing packets")
      ->check(CLI::ExistingDirectory);
  app.add_option("--json", options.json, "write the outcome to this file too");
  app.add_option("--limit", options.limit, "seconds for each behaviour")
      ->check(CLI::PositiveNumber);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  if (options.only != 0 && seed->count() > 0) options.samples = 1;  // just this again
  return run(exercise, options);
}

}  // namespace culvert::exercise
