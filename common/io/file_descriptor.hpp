// FileDescriptor: a number from the kernel with an owner; checked(): the kernel's "no", turned into words.
#pragma once

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

namespace culvert::io {

/// Owns one file descriptor and closes it exactly once.
class FileDescriptor {
 public:
  explicit FileDescriptor(int fd) noexcept : fd_(fd) {}
  FileDescriptor(FileDescriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  FileDescriptor& operator=(FileDescriptor&&) = delete;
  ~FileDescriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  int get() const noexcept { return fd_; }

  /// Our number stands for `other`'s file from now on, so whoever watches the number need not be told.
  void take_over(const FileDescriptor& other);

 private:
  int fd_;
};

/// Passes a system call's result through, or throws naming what we were doing.
inline int checked(int result, const char* doing) {
  if (result < 0) throw std::system_error(errno, std::generic_category(), doing);
  return result;
}

inline void FileDescriptor::take_over(const FileDescriptor& other) {
  checked(::dup3(other.fd_, fd_, O_CLOEXEC), "replace an open file");
}

}  // namespace culvert::io
