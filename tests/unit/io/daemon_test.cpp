#include "io/daemon.hpp"

#include <signal.h>
#include <unistd.h>

#include <stdexcept>

#include "io/poller.hpp"
#include "support/catch.hpp"

using namespace culvert::io;

TEST_CASE("a child's exit status comes back", "[io][daemon]") {
  CHECK(in_child([] { return 0; }) == 0);
  CHECK(in_child([] { return 7; }) == 7);
}

TEST_CASE("a child that is killed counts as a shell counts", "[io][daemon]") {
  CHECK(in_child([] {
          ::raise(SIGKILL);
          return 0;
        }) == 128 + SIGKILL);
}

TEST_CASE("a stop signal to the parent reaches the child", "[io][daemon]") {
  CHECK(in_child([] {
          Poller poller;
          ::kill(::getppid(), SIGTERM);
          return poller.wait_until() ? 1 : 0;  // none: asked to stop
        }) == 0);
}

TEST_CASE("work in the background lets go when it is ready", "[io][daemon]") {
  int ends[2];
  REQUIRE(::pipe(ends) == 0);
  const FileDescriptor out{ends[0]};
  const FileDescriptor in{ends[1]};
  const int status = in_background(
      [&](const Ready& ready) {
        ready();
        char word = 0;
        return ::read(out.get(), &word, 1) == 1 ? 0 : 1;  // it is still there
      },
      false);
  CHECK(status == 0);
  CHECK(::write(in.get(), "x", 1) == 1);
}

TEST_CASE("work that ends before it is ready gives its status", "[io][daemon]") {
  CHECK(in_background([](const Ready&) { return 3; }, false) == 3);
}
