#include "cli/choice_option.hpp"

#include "support/catch.hpp"

using namespace culvert;

namespace {

enum class Size { small, large };

/// What `program ARGUMENTS...` makes of a size.
struct Program {
  Program() {
    cli::add_choice(app, "--size", size, {{"small", Size::small}, {"large", Size::large}},
                    "how big");
  }
  void parse(const std::string& arguments) { app.parse(arguments); }

  CLI::App app{"a test", "program"};
  Size size = Size::large;
};

}  // namespace

TEST_CASE("a choice takes its words", "[cli]") {
  Program program;
  program.parse("");
  CHECK(program.size == Size::large);
  program.parse("--size small");
  CHECK(program.size == Size::small);
}

TEST_CASE("a choice takes nothing else, and says what it takes", "[cli]") {
  Program program;
  CHECK_THROWS_WITH(program.parse("--size 0"),
                    Catch::Contains("--size: expected one of small, large, found 0"));
  CHECK_THROWS_AS(program.parse("--size"), CLI::ParseError);
  CHECK(program.size == Size::large);
}

TEST_CASE("the help text shows a choice's words and the usual one", "[cli]") {
  CHECK_THAT(Program{}.app.help(),
             Catch::Contains("--size MODE:{small,large}=large") ||
                 Catch::Contains("--size MODE:{small,large} [large]"));  // CLI11 2.4 and newer
}
