#include "cli/run_program.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <limits>
#include <system_error>

namespace culvert::cli {
namespace {

/// "open /dev/net/tun: Permission denied": what we were doing, then why it failed.
std::string sentence(const std::system_error& error) {
  const std::string what = error.what();
  return what.empty() ? error.code().message() : what;
}

/// CLI11's words for what happens most often begin with themselves; ours begin with what the user typed.
std::string sentence(const CLI::ParseError& error) {
  const std::string what = error.what();
  const auto option = what.substr(0, what.find(": "));
  if (error.get_exit_code() == static_cast<int>(CLI::ExitCodes::ExtrasError))
    return fmt::format("{}: there is no such option", what.substr(what.find(": ") + 2));
  constexpr std::string_view one = ": 1 required ", missing = " missing";
  if (what.find(one) == option.size() && what.ends_with(missing)) {
    const auto value = what.substr(option.size() + one.size());
    return fmt::format("{}: needs {}", option, value.substr(0, value.size() - missing.size()));
  }
  return what;
}

int complain(const std::string& name, const std::string& message, int status) {
  std::fflush(stdout);
  fmt::print(stderr, "{}: {}\n", name, message);
  return status;
}

}  // namespace

CLI::Validator number_up_to(std::uint64_t most) {
  return {[most](std::string& text) -> std::string {
            std::uint64_t value = 0;
            const auto end = text.data() + text.size();
            const auto [read, error] = std::from_chars(text.data(), end, value);
            if (error != std::errc{} || read != end)
              return fmt::format("'{}' is not a number", text);
            if (value == 0) return "0 is too few, 1 is the least";
            return value <= most ? std::string{}
                                 : fmt::format("{} is too many, {} is the most", value, most);
          },
          "NUMBER"};
}

const CLI::Validator& positive_number() {
  static const CLI::Validator validator = number_up_to(std::numeric_limits<std::uint64_t>::max());
  return validator;
}

int run_program_with_status(CLI::App& app, int argc, char** argv,
                            const std::function<int()>& story) {
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
    const int status = story();
    if (std::fflush(stdout) != 0 && errno != EPIPE) {
      return complain(
          name, fmt::format("standard output: {}", std::generic_category().message(errno)), failed);
    }
    return status;
  } catch (const CLI::Success& success) {  // --help, --version
    return app.exit(success);
  } catch (const CLI::ParseError& error) {
    return complain(name, fmt::format("{} (see {} --help)", sentence(error), name), wrong_usage);
  } catch (const UsageError& error) {
    return complain(name, error.what(), wrong_usage);
  } catch (const std::system_error& error) {
    return complain(name, sentence(error), failed);
  } catch (const std::exception& error) {
    return complain(name, error.what(), failed);
  }
}

}  // namespace culvert::cli
