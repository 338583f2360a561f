#include "io/poller.hpp"

#include <signal.h>
#include <sys/signalfd.h>

#include "io/clock.hpp"

namespace culvert::io {
namespace {

/// A signal that interrupts the program anywhere would leave half of its work undone; as a file it waits its turn.
FileDescriptor open_stop_signals() {
  sigset_t stop;
  sigemptyset(&stop);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) sigaddset(&stop, signal);
  checked(::sigprocmask(SIG_BLOCK, &stop, nullptr), "block the stop signals");
  return FileDescriptor{
      checked(::signalfd(-1, &stop, SFD_NONBLOCK | SFD_CLOEXEC), "watch for stop signals")};
}

/// Compares before it subtracts: what lies between now and a deadline long past may be more than a Duration holds.
timespec until(Instant deadline) {
  const Instant now = Clock{}.now();
  const Duration left = deadline > now ? deadline - now : Duration::zero();
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(left);
  return {seconds.count(), (left - seconds).count()};
}

}  // namespace

Poller::Poller() : signals_(open_stop_signals()) { watch(signals_.get()); }

void Poller::watch(int fd, std::function<bool()> on_ready) {
  watch(fd);
  asides_.emplace_back(fd, std::move(on_ready));
}

std::optional<Poller::Event> Poller::wait_until(std::optional<Instant> deadline) {
  int ready = 0;
  do {
    const timespec left = deadline ? until(*deadline) : timespec{};
    ready = ::ppoll(watched_.data(), watched_.size(), deadline ? &left : nullptr, nullptr);
  } while (ready < 0 && errno == EINTR);
  checked(ready, "wait for packets");

  const Event event{watched_};
  if (event.readable(signals_.get())) return std::nullopt;
  for (const auto& [fd, on_ready] : asides_) {
    if (event.readable(fd) && !on_ready()) return std::nullopt;
  }
  return event;
}

}  // namespace culvert::io
