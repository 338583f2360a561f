#include "cli/run_program.hpp"

#include <system_error>

#include "cli/colour.hpp"
#include "support/catch.hpp"

using namespace culvert;

namespace {

template <class Story>
int run(std::vector<std::string> arguments, Story story) {
  CLI::App app{"a test", "program"};
  std::uint64_t count = 0;
  app.add_option("-c", count)->check(cli::positive_number());
  std::vector<char*> argv{const_cast<char*>("program")};
  for (std::string& argument : arguments) argv.push_back(argument.data());
  return cli::run_program(app, static_cast<int>(argv.size()), argv.data(), story);
}

}  // namespace

TEST_CASE("a story that returns is done, and one that returns a status has it", "[cli]") {
  CHECK(run({}, [] {}) == cli::done);
  CHECK(run({}, [] { return static_cast<int>(cli::damaged_input); }) == 3);
}

TEST_CASE("what the machine refuses is status 1, a wrong command line status 2", "[cli]") {
  CHECK(run({}, [] {
          throw std::system_error(std::make_error_code(std::errc::permission_denied), "open");
        }) == 1);
  CHECK(run({}, [] { throw std::runtime_error("no"); }) == 1);
  CHECK(run({}, [] { throw cli::UsageError("no"); }) == 2);
  CHECK(run({"--unknown"}, [] {}) == 2);
  CHECK(run({"-c", "x"}, [] {}) == 2);
  CHECK(run({"-c", "0"}, [] {}) == 2);
  CHECK(run({"-c", "7"}, [] {}) == 0);
}

TEST_CASE("colour is on when it is asked for and off when it is refused", "[cli]") {
  CHECK(cli::use_colour(cli::ColourChoice::always));
  CHECK_FALSE(cli::use_colour(cli::ColourChoice::never));
}
