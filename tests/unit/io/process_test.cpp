#include "io/process.hpp"

#include "io/poller.hpp"
#include "support/catch.hpp"

using namespace culvert::io;
using namespace std::chrono_literals;

TEST_CASE("a process tells its exit status and what it printed, errors included", "[io]") {
  const Finished finished = run_process({"sh", "-c", "echo out; echo err >&2; exit 3"});
  CHECK(finished.exit_status == 3);
  CHECK(finished.output == "out\nerr\n");
}

TEST_CASE("a process gets its words as they are, without a shell", "[io]") {
  CHECK(run_process({"printf", "%s|", "two words", "$HOME", "it's", ""}).output ==
        "two words|$HOME|it's||");
}

TEST_CASE("a process reads the input it is given, also a large one", "[io]") {
  const std::string input(300'000, 'x');
  CHECK(run_process({"cat"}, input).output == input);
  CHECK(run_process({"cat"}).output.empty());
}

TEST_CASE("a program that does not exist is an error that names it", "[io]") {
  CHECK_THROWS_WITH(run_process({"culvert-no-such-program"}),
                    Catch::Contains("run culvert-no-such-program"));
}

TEST_CASE("a process that does not end is ended", "[io]") {
  CHECK_THROWS_WITH(run_process({"sleep", "60"}, {}, 50ms), Catch::Contains("run sleep 60"));
}

TEST_CASE("a process can be stopped by signals that its parent only collects", "[io]") {
  const Poller poller;  // blocks SIGTERM here
  CHECK(run_process({"sh", "-c", "kill -TERM $$; exit 0"}).exit_status == 128 + 15);
}
