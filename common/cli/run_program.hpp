// RunProgram: what every main() of ours does around its story: read the command line, and turn what was thrown into one
// line and an exit status.
#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <functional>
#include <stdexcept>
#include <type_traits>

namespace culvert::cli {

/// Exit statuses of all our programs.
enum ExitStatus : int {
  done = 0,
  failed = 1,         // it could not be done: file, device, permission, disk
  wrong_usage = 2,    // the command line is wrong
  damaged_input = 3,  // done, but the input was damaged
};

/// Thrown by a program whose command line turns out to be wrong after parsing: exit status 2, "NAME: message".
class UsageError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// For an option that counts something: a whole number from 1 to 2^64 - 1, in an error as the user typed it.
const CLI::Validator& positive_number();
/// The same with a largest value.
CLI::Validator number_up_to(std::uint64_t most);

/// Parses the command line and runs `story`. std::exception becomes "NAME: what" on standard error and status 1. Standard
/// output is flushed at the end; if that fails (a full disk) it is said, and the status is 1.
int run_program_with_status(CLI::App& app, int argc, char** argv,
                            const std::function<int()>& story);

/// The same for a story that gives an exit status or, giving nothing, is done when it returns.
template <class Story>
int run_program(CLI::App& app, int argc, char** argv, Story story) {
  return run_program_with_status(app, argc, argv, [&story]() -> int {
    if constexpr (std::is_void_v<std::invoke_result_t<Story>>) {
      story();
      return done;
    } else {
      return story();
    }
  });
}

}  // namespace culvert::cli
