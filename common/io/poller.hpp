// Poller: waits for the first of several things at once: bytes to read, a deadline, or somebody who asks us to stop
// (Ctrl-C, kill, a closed terminal). Level-triggered: what is not read now is reported again.
#pragma once

#include <poll.h>

#include <algorithm>
#include <functional>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "base/time.hpp"
#include "io/file_descriptor.hpp"

namespace culvert::io {

class Poller {
 public:
  class Event {
   public:
    /// Reading `fd` will not wait; it gives bytes or an error.
    bool readable(int fd) const {
      return std::ranges::any_of(
          watched_, [fd](const pollfd& entry) { return entry.fd == fd && entry.revents != 0; });
    }

   private:
    friend class Poller;
    explicit Event(std::span<const pollfd> watched) : watched_(watched) {}
    std::span<const pollfd> watched_;
  };

  /// From here on SIGINT, SIGTERM and SIGHUP interrupt nothing: they wait until wait_until() is asked. So make the
  /// Poller before anything that has to be undone at the end.
  Poller();

  void watch(int fd) { watched_.push_back({fd, POLLIN, 0}); }
  /// Something beside the main business, looked after within wait_until(): `on_ready` runs whenever `fd` is readable, and
  /// says false to make us stop.
  void watch(int fd, std::function<bool()> on_ready);

  /// Waits for something to read or for the deadline, whichever comes first; none when we are asked to stop.
  std::optional<Event> wait_until(std::optional<Instant> deadline = std::nullopt);

 private:
  FileDescriptor signals_;
  std::vector<pollfd> watched_;
  std::vector<std::pair<int, std::function<bool()>>> asides_;
};

}  // namespace culvert::io
