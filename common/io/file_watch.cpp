#include "io/file_watch.hpp"

#include <sys/inotify.h>

#include <array>

namespace culvert::io {

FileWatch::FileWatch(const std::string& path)
    : fd_(checked(::inotify_init1(IN_NONBLOCK | IN_CLOEXEC), "make a file watch")) {
  // IN_ATTRIB: a socket's inode lives on while its name goes, and that changes its count of names.
  checked(::inotify_add_watch(fd(), path.c_str(), IN_ATTRIB | IN_DELETE_SELF | IN_MOVE_SELF),
          "watch a file");
}

void FileWatch::drain() {
  std::array<char, 4096> events;
  while (::read(fd(), events.data(), events.size()) > 0) continue;
}

}  // namespace culvert::io
