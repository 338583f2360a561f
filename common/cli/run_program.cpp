#include "cli/run_program.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <system_error>

namespace culvert::cli {
namespace {

/// "open /dev/net/tun: Permission denied": what we were doing, then why it failed.
std::string sentence(const std::system_error& error) {
  const std::string what = error.what();
  return what.empty() ? error.code().message() : what;
}

int complain(const std::string& name, const std::string& message, int status) {
  std::fflush(stdout);
  fmt::print(stderr, "{}: {}\n", name, message);
  return status;
}

}  // namespace

int run_program_with_status(CLI::App& app, int argc, char** argv, const std::function<int()>& story) {
  // A reader that goes away (`| head`) is an end like another: writing then fails with EPIPE instead of killing us,
  // so that what we changed on the machine is undone.
  std::signal(SIGPIPE, SIG_IGN);
  if (app.get_name().empty() && argc > 0) {
    const std::string path = argv[0];
    app.name(path.substr(path.rfind('/') + 1));
  }
  const std::string name = app.get_name();
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& success) {  // --help, --version
    return app.exit(success);
  } catch (const CLI::ParseError& error) {
    return complain(name, fmt::format("{} (see {} --help)", error.what(), name), wrong_usage);
  }
  try {
    const int status = story();
    if (std::fflush(stdout) != 0 && errno != EPIPE) {
      return complain(name, fmt::format("standard output: {}", std::generic_category().message(errno)), failed);
    }
    return status;
  } catch (const UsageError& error) {
    return complain(name, error.what(), wrong_usage);
  } catch (const std::system_error& error) {
    return complain(name, sentence(error), failed);
  } catch (const std::exception& error) {
    return complain(name, error.what(), failed);
  }
}

}  // namespace culvert::cli
