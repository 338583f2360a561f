#include "capture/input.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cassert>
#include <cerrno>
#include <system_error>

namespace culvert::capture {
namespace {

constexpr std::size_t block_size = std::size_t{1} << 20;

class FileSource : public ByteSource {
 public:
  explicit FileSource(int fd) : fd_(fd) {}
  FileSource(const FileSource&) = delete;
  FileSource& operator=(const FileSource&) = delete;
  ~FileSource() override {
    if (fd_ != STDIN_FILENO) ::close(fd_);
  }

  std::size_t read(MutableBytes out) override {
    while (true) {
      const ssize_t size = ::read(fd_, out.data(), out.size());
      if (size >= 0) return static_cast<std::size_t>(size);
      if (errno != EINTR) throw std::system_error(errno, std::generic_category(), "read");
    }
  }

 private:
  int fd_;
};

class MemorySource : public ByteSource {
 public:
  explicit MemorySource(Bytes bytes) : rest_(bytes) {}

  std::size_t read(MutableBytes out) override {
    const std::size_t size = std::min(out.size(), rest_.size());
    copy_bytes(rest_.first(size), out);
    rest_ = rest_.subspan(size);
    return size;
  }

 private:
  Bytes rest_;
};

}  // namespace

std::unique_ptr<ByteSource> open_source(const std::string& path) {
  if (path == "-") return std::make_unique<FileSource>(STDIN_FILENO);
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) throw std::system_error(errno, std::generic_category(), path);
  return std::make_unique<FileSource>(fd);
}

std::unique_ptr<ByteSource> memory_source(Bytes bytes) {
  return std::make_unique<MemorySource>(bytes);
}

Input::Input(std::unique_ptr<ByteSource> source) : source_(std::move(source)), block_(block_size) {}

Bytes Input::peek(std::size_t size) {
  while (end_ - begin_ < size && !exhausted_) {
    if (begin_ > 0 && block_.size() - begin_ < size) {
      std::copy(block_.begin() + static_cast<std::ptrdiff_t>(begin_),
                block_.begin() + static_cast<std::ptrdiff_t>(end_), block_.begin());
      end_ -= begin_;
      begin_ = 0;
    }
    if (block_.size() < size) block_.resize(size);
    const std::size_t got = source_->read(MutableBytes{block_}.subspan(end_));
    exhausted_ = got == 0;
    end_ += got;
  }
  return Bytes{block_}.subspan(begin_, std::min(size, end_ - begin_));
}

void Input::skip(std::size_t size) {
  assert(size <= end_ - begin_);
  begin_ += size;
  position_ += size;
}

}  // namespace culvert::capture
