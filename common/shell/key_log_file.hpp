// KeyLogFile: a file that a tunnel's session secrets are written to, for Wireshark. Whoever has it can read what was recorded.
#pragma once

#include "io/file_descriptor.hpp"
#include "noise/key_log.hpp"

namespace culvert::shell {

class KeyLogFile {
 public:
  /// Appends; a new file is for its owner only.
  explicit KeyLogFile(const std::string& path);
  /// A disk that is full is no reason to end a tunnel.
  void add(const noise::KeyLogRecord& record) const;

 private:
  io::FileDescriptor file_;
};

}  // namespace culvert::shell
