// NetworkWatch (rtnetlink(7)): becomes readable when this machine's addresses or routes change.
#pragma once

#include "io/file_descriptor.hpp"

namespace culvert::io {

class NetworkWatch {
 public:
  NetworkWatch();
  int fd() const { return fd_.get(); }
  /// Takes note of all changes so far; whether there were any.
  bool drain();

 private:
  FileDescriptor fd_;
};

}  // namespace culvert::io
