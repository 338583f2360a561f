// Unix sockets (unix(7)): how programs of one machine talk to each other through a file. Who may open the file may talk.
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>

#include "io/file_descriptor.hpp"

namespace culvert::io {

/// Waits for callers at a path; only the path's owner may call. The file goes with the listener.
class UnixListener {
 public:
  /// Makes the folder if need be. A file that a dead program left is replaced; throws address_in_use if one is alive.
  explicit UnixListener(const std::string& path);
  UnixListener(UnixListener&&) = default;
  ~UnixListener();

  int fd() const { return fd_.get(); }
  /// The next caller, who never blocks us; none if there is none now.
  std::optional<FileDescriptor> accept();
  /// Somebody removed the file, or put another one in its place: nobody can call any more.
  bool is_removed() const;

 private:
  FileDescriptor fd_;
  std::string path_;
  FileDescriptor file_;
};

/// A line to the program that listens there; none if there is none. Reading from it fails after some seconds of silence.
std::optional<FileDescriptor> call(const std::string& path);

/// The process that listens at the other end.
pid_t who_listens(const FileDescriptor& line);

/// No more will be said; the other side may still answer.
void end_of_questions(const FileDescriptor& line);

/// Reads once: appends what is there to `text`. False at the end.
bool receive_some(int fd, std::string& text);

/// Writes once: takes away what was written. False if nobody listens any more.
bool send_some(int fd, std::string& text);

}  // namespace culvert::io
