// Signals: what is asked of a running tundump. SIGINT, SIGTERM and SIGHUP: end cleanly; a second one ends it at once, even
// while it waits for the terminal. SIGUSR1: tell the numbers so far. SIGUSR2: bring the file of -w up to date.
#pragma once

#include <span>

#include "io/file_descriptor.hpp"

namespace culvert::tundump {

/// There can be only one: signals come to the whole process.
class Signals {
 public:
  /// A SIGHUP that we were started to ignore (nohup) stays ignored.
  Signals();

  bool stop() const;
  /// True once for any number of signals since it was asked before.
  bool wants_statistics();
  bool wants_flush();

  /// Sleeps until one of these can be read, and says true; until a signal comes or the time is over, and says false. A
  /// negative time is never over.
  bool wait(std::span<const int> descriptors, int milliseconds);

 private:
  io::FileDescriptor
      came_;  // readable since a signal came: so none is lost between a look at stop() and a wait()
};

}  // namespace culvert::tundump
