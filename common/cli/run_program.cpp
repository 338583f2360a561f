#include "cli/run_program.hpp"

#include <fmt/format.h>

#include <csignal>

namespace culvert::cli {

int run_program(CLI::App& app, int argc, char** argv, const std::function<void()>& work) {
  // `program | head` closes our output early: an error like any other, not a reason to leave the machine half set up.
  std::signal(SIGPIPE, SIG_IGN);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  try {
    work();
    return 0;
  } catch (const std::exception& error) {
    fmt::print(stderr, "{}: {}\n", app.get_name().empty() ? argv[0] : app.get_name(), error.what());
    return 1;
  }
}

}  // namespace culvert::cli
