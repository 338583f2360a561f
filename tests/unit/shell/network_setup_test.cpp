#include "shell/network_setup.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>

#include "io/file.hpp"
#include "support/catch.hpp"
#include "support/temporary_folder.hpp"

using namespace culvert;
using namespace culvert::shell;

namespace {

/// Stands for the machine: changes are files in a folder, and a log of what was done in which
/// order.
struct Machine {
  test::TemporaryFolder folder;
  std::string program = "test-" + std::to_string(::getpid());

  std::string journals() const { return folder.path("journals"); }
  NetworkSetup setup() const { return NetworkSetup{program, journals()}; }
  std::string log() const { return io::read_file(folder.path("log")).value_or(""); }

  Change change(const std::string& what) const {
    const auto write = [this](const std::string& line) {
      return Command{{"tee", "-a", folder.path("log")}, line + "\n"};
    };
    return {write("do " + what), write("undo " + what)};
  }
};

}  // namespace

TEST_CASE("changes are undone in reverse order, and the journal with them", "[shell]") {
  const Machine machine;
  {
    auto setup = machine.setup();
    setup.apply({machine.change("a"), machine.change("b")});
    CHECK(machine.log() == "do a\ndo b\n");
    CHECK_FALSE(std::filesystem::is_empty(machine.journals()));
  }
  CHECK(machine.log() == "do a\ndo b\nundo b\nundo a\n");
  CHECK_FALSE(std::filesystem::exists(machine.journals()));
}

TEST_CASE("a set-up that fails half-way is undone as far as it got", "[shell]") {
  const Machine machine;
  const Change fails{{{"sh", "-c", "echo no such thing; exit 2"}, ""},
                     command("culvert-is-never-run")};
  const auto set_up = [&] {
    machine.setup().apply({machine.change("a"), fails, machine.change("b")});
  };
  CHECK_THROWS_WITH(set_up(), Catch::Contains("sh -c 'echo no such thing; exit 2'") &&
                                  Catch::Contains("status 2") &&
                                  Catch::Contains("it said: no such thing"));
  CHECK(machine.log() == "do a\nundo a\n");
  CHECK_FALSE(std::filesystem::exists(machine.journals()));
}

TEST_CASE("what cannot be undone does not keep the rest from being undone", "[shell]") {
  const Machine machine;
  machine.setup().apply(
      {machine.change("a"), {command("true"), command("false")}, machine.change("b")});
  CHECK(machine.log() == "do a\ndo b\nundo b\nundo a\n");
}

TEST_CASE("a program runs once in a network", "[shell]") {
  const Machine machine;
  const auto first = machine.setup();
  CHECK_THROWS_WITH(machine.setup(), Catch::Contains(machine.program + " is already running"));
}

TEST_CASE("what a killed run left is undone by the next start, once", "[shell]") {
  const Machine machine;
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    auto setup = machine.setup();
    setup.apply({machine.change("a"), machine.change("b")});
    ::kill(::getpid(), SIGKILL);
  }
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  REQUIRE(WIFSIGNALED(status));
  CHECK(machine.log() == "do a\ndo b\n");

  for (int i = 0; i < 2; ++i) {
    const auto next = machine.setup();
    CHECK(machine.log() == "do a\ndo b\nundo b\nundo a\n");
  }
  CHECK_FALSE(std::filesystem::exists(machine.journals()));
}
