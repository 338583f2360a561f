#include "io/poller.hpp"

#include <sys/timerfd.h>

#include <csignal>

#include "io/clock.hpp"
#include "support/catch.hpp"

using namespace culvert;
using namespace culvert::io;
using namespace std::chrono_literals;

namespace {

struct Pipe {
  Pipe() {
    int ends[2];
    checked(::pipe(ends), "make a pipe");
    read_end.emplace(ends[0]);
    write_end.emplace(ends[1]);
  }
  void write_byte() const { CHECK(::write(write_end->get(), "x", 1) == 1); }
  void read_byte() const {
    char byte = 0;
    CHECK(::read(read_end->get(), &byte, 1) == 1);
  }
  std::optional<FileDescriptor> read_end;
  std::optional<FileDescriptor> write_end;
};

}  // namespace

TEST_CASE("a poller comes back at its deadline, not before", "[io]") {
  Poller poller;
  const Instant deadline = Clock{}.now() + 20ms;
  const auto event = poller.wait_until(deadline);
  REQUIRE(event);
  CHECK(Clock{}.now() >= deadline);
}

TEST_CASE("a poller does not wait for a deadline that is over", "[io]") {
  Poller poller;
  CHECK(poller.wait_until(Clock{}.now() - 1s));
}

TEST_CASE("a poller says what can be read, as long as it can", "[io]") {
  const Pipe quiet;
  const Pipe busy;
  Poller poller;
  poller.watch(quiet.read_end->get());
  poller.watch(busy.read_end->get());
  busy.write_byte();
  for (int i = 0; i < 2; ++i) {
    const auto event = poller.wait_until();
    REQUIRE(event);
    CHECK(event->readable(busy.read_end->get()));
    CHECK_FALSE(event->readable(quiet.read_end->get()));
  }
  busy.read_byte();
  const auto event = poller.wait_until(Clock{}.now());
  REQUIRE(event);
  CHECK_FALSE(event->readable(busy.read_end->get()));
}

TEST_CASE("a poller tells that the other end has closed", "[io]") {
  Pipe pipe;
  Poller poller;
  poller.watch(pipe.read_end->get());
  pipe.write_end.reset();
  const auto event = poller.wait_until(Clock{}.now() + 5s);
  REQUIRE(event);
  CHECK(event->readable(pipe.read_end->get()));
}

TEST_CASE("a deadline long past is over at once, however long", "[io]") {
  const Instant long_past = GENERATE(Instant::min(), Instant::min() + 1h, Instant{});
  const FileDescriptor alarm{
      checked(::timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC), "make a timer")};
  const itimerspec half_a_minute{{},
                                 {30, 0}};  // who takes the deadline for one to come is woken then
  checked(::timerfd_settime(alarm.get(), 0, &half_a_minute, nullptr), "set the timer");
  Poller poller;
  poller.watch(alarm.get());
  const auto event = poller.wait_until(long_past);
  REQUIRE(event);
  CHECK_FALSE(event->readable(alarm.get()));
}

TEST_CASE("a poller gives no more events once somebody asked us to stop", "[io]") {
  const int signal = GENERATE(SIGINT, SIGTERM, SIGHUP);
  const Pipe pipe;
  Poller poller;
  poller.watch(pipe.read_end->get());
  pipe.write_byte();
  std::raise(signal);  // would end this program, were it not for the poller
  CHECK_FALSE(poller.wait_until());
  CHECK_FALSE(poller.wait_until(Clock{}.now()));

  sigset_t stop;
  sigemptyset(&stop);
  sigaddset(&stop, signal);
  int taken = 0;
  sigwait(&stop, &taken);  // so that the next test begins without it
  CHECK(taken == signal);
}

TEST_CASE("a poller looks after what stands aside, and stops when that says so", "[io]") {
  const Pipe aside;
  Poller poller;
  int looks = 0;
  poller.watch(aside.read_end->get(), [&] {
    aside.read_byte();
    return ++looks < 2;
  });
  aside.write_byte();
  CHECK(poller.wait_until());
  CHECK(looks == 1);
  aside.write_byte();
  CHECK_FALSE(poller.wait_until());
  CHECK(looks == 2);
}
