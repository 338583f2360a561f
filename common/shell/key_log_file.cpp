#include "shell/key_log_file.hpp"

#include <fcntl.h>

#include "io/failure.hpp"

namespace culvert::shell {
namespace {

int open_for_appending(const std::string& path) {
  const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (fd < 0) io::fail("open " + path);
  return fd;
}

}  // namespace

KeyLogFile::KeyLogFile(const std::string& path) : file_(open_for_appending(path)) {}

void KeyLogFile::add(const noise::KeyLogRecord& record) const {
  const std::string text = to_string(record);
  [[maybe_unused]] const auto written = ::write(file_.get(), text.data(), text.size());
}

}  // namespace culvert::shell
