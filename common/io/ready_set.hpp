// ReadySet (epoll(7)): many descriptors that a Poller watches as one. Its own descriptor is readable as long as something
// in it is ready, so a part of a program may come and go with connections without the main loop knowing.
#pragma once

#include <vector>

#include "io/file_descriptor.hpp"

namespace culvert::io {

class ReadySet {
 public:
  enum class Wait { to_read, to_write };

  ReadySet();
  int fd() const { return fd_.get(); }

  /// Closing a descriptor takes it out again.
  void add(int fd, Wait wait);
  void change(int fd, Wait wait);

  /// Those that are ready now, or broken; never waits.
  std::vector<int> ready() const;

 private:
  void control(int operation, int fd, Wait wait);
  FileDescriptor fd_;
};

}  // namespace culvert::io
