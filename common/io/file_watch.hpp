// FileWatch (inotify(7)): becomes readable when something happens to a file's name, such as its end.
#pragma once

#include <string>

#include "io/file_descriptor.hpp"

namespace culvert::io {

class FileWatch {
 public:
  explicit FileWatch(const std::string& path);
  int fd() const { return fd_.get(); }
  /// Takes note of what has happened, so that only news wake us again.
  void drain();

 private:
  FileDescriptor fd_;
};

}  // namespace culvert::io
