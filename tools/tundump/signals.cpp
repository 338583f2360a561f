#include "signals.hpp"

#include <poll.h>
#include <signal.h>
#include <sys/eventfd.h>

#include <cerrno>
#include <cstdint>
#include <utility>
#include <vector>

namespace culvert::tundump {
namespace {

volatile sig_atomic_t stop_requested = 0;
volatile sig_atomic_t statistics_requested = 0;
volatile sig_atomic_t flush_requested = 0;
volatile sig_atomic_t came = -1;

constexpr int stop_signals[] = {SIGINT, SIGTERM, SIGHUP};

// Handlers, and not a signalfd as in io::Poller: that one is read between two packets, and a second Ctrl-C has to end us
// also where we hang, in a terminal that takes no more. Only what signal-safety(7) allows is called here.

void wake() {
  const int error = errno;
  const std::uint64_t one = 1;
  [[maybe_unused]] const auto ignored = ::write(came, &one, sizeof one);
  errno = error;
}

void on_stop(int) {
  stop_requested = 1;
  for (const int each : stop_signals) ::signal(each, SIG_DFL);
  wake();
}

void on_statistics(int) {
  statistics_requested = 1;
  wake();
}

void on_flush(int) {
  flush_requested = 1;
  wake();
}

/// Under nohup a closed terminal is no reason to end. A script's background is started to ignore SIGINT too; but whoever
/// sends it there means us.
bool started_to_ignore(int signal) {
  struct sigaction before {};
  sigaction(signal, nullptr, &before);
  return signal == SIGHUP && before.sa_handler == SIG_IGN;
}

/// Without SA_RESTART: a system call that waits returns.
void handle(int signal, void (*handler)(int)) {
  if (started_to_ignore(signal)) return;
  struct sigaction action {};
  action.sa_handler = handler;
  sigaction(signal, &action, nullptr);
}

}  // namespace

Signals::Signals()
    : came_(io::checked(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC), "watch for signals")) {
  came = came_.get();
  for (const int each : stop_signals) handle(each, on_stop);
  handle(SIGUSR1, on_statistics);
  handle(SIGUSR2, on_flush);
}

bool Signals::stop() const { return stop_requested != 0; }

bool Signals::wants_statistics() {
  if (statistics_requested == 0) return false;
  statistics_requested = 0;
  return true;
}

bool Signals::wants_flush() {
  if (flush_requested == 0) return false;
  flush_requested = 0;
  return true;
}

bool Signals::wait(std::span<const int> descriptors, int milliseconds) {
  std::vector<pollfd> watched{{.fd = came_.get(), .events = POLLIN, .revents = 0}};
  for (const int each : descriptors)
    watched.push_back({.fd = each, .events = POLLIN, .revents = 0});
  const int ready = ::poll(watched.data(), watched.size(), milliseconds);
  std::uint64_t count = 0;
  const bool signalled = ::read(came_.get(), &count, sizeof count) > 0;
  return ready > (signalled ? 1 : 0);
}

}  // namespace culvert::tundump
