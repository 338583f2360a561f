#include "io/network_watch.hpp"

#include <sched.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>

#include "io/clock.hpp"
#include "io/poller.hpp"
#include "support/catch.hpp"

using namespace culvert;
using namespace culvert::io;
using namespace std::chrono_literals;

namespace {

IpAddress address(std::string_view text) { return IpAddress::parse(text).value(); }

constexpr int not_allowed = 77;

/// In a network of its own, so that nothing of this machine changes. The exit status says how it went.
int in_own_network(int (*work)()) {
  const pid_t child = ::fork();
  if (child == 0) {
    const bool alone = ::unshare(CLONE_NEWNET) == 0 || ::unshare(CLONE_NEWUSER | CLONE_NEWNET) == 0;
    ::_exit(alone ? work() : not_allowed);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

int run(const char* command) { return std::system(command); }

bool wakes(NetworkWatch& watch, Duration patience) {
  Poller poller;
  poller.watch(watch.fd());
  const auto event = poller.wait_until(Clock{}.now() + patience);
  return event && event->readable(watch.fd());
}

int watch_a_network_change() {
  NetworkWatch watch;
  if (wakes(watch, 0s)) return 1;
  if (run("ip link set lo up && ip addr add 192.0.2.9/24 dev lo") != 0) return 2;
  if (!wakes(watch, 5s)) return 3;
  watch.drain();
  if (wakes(watch, 0s)) return 4;
  if (leaving_interface(address("192.0.2.9"), address("192.0.2.9")) != 1u) return 5;
  if (run("ip addr del 192.0.2.9/24 dev lo") != 0) return 6;
  if (!wakes(watch, 5s)) return 7;
  return leaving_interface(address("192.0.2.9"), address("127.0.0.1")) ? 8 : 0;
}

}  // namespace

TEST_CASE("a route's interface is found for both families", "[io]") {
  CHECK(leaving_interface(address("127.0.0.1"), address("127.0.0.5")) == 1u);
  CHECK(leaving_interface(address("::1"), address("::1")) == 1u);
}

TEST_CASE("from an address that is not ours nothing leaves", "[io]") {
  CHECK_FALSE(leaving_interface(address("192.0.2.77"), address("127.0.0.1")));
  CHECK_FALSE(leaving_interface(address("2001:db8::77"), address("::1")));
  CHECK_FALSE(leaving_interface(address("127.0.0.1"), address("::1")));
}

TEST_CASE("an address that comes or goes wakes the watch, once", "[io]") {
  const int status = in_own_network(watch_a_network_change);
  if (status == not_allowed) {
    WARN("skipped: this machine lets nobody but root make a network of their own");
    return;
  }
  CHECK(status == 0);
}
