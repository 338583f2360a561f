#include "output.hpp"

#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace culvert::tundump {

bool Output::flush() {
  std::size_t written = 0;
  while (written < text_.size() && !reader_left_) {
    const ssize_t size = ::write(STDOUT_FILENO, text_.data() + written, text_.size() - written);
    if (size >= 0) {
      written += static_cast<std::size_t>(size);
    } else if (errno == EPIPE) {
      reader_left_ = true;
    } else if (errno != EINTR) {
      throw std::system_error(errno, std::generic_category(), "standard output");
    }
  }
  text_.clear();
  return !reader_left_;
}

}  // namespace culvert::tundump
