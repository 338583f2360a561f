#include "capture/input.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cassert>
#include <cerrno>
#include <system_error>
#include <utility>

namespace culvert::capture {
namespace {

class FileSource : public ByteSource {
 public:
  FileSource(int fd, MayRead may_read) : fd_(fd), may_read_(std::move(may_read)) {}
  FileSource(const FileSource&) = delete;
  FileSource& operator=(const FileSource&) = delete;
  ~FileSource() override {
    if (fd_ != STDIN_FILENO) ::close(fd_);
  }

  std::size_t read(MutableBytes out) override {
    while (true) {
      if (may_read_ && !may_read_(fd_)) return 0;
      const ssize_t size = ::read(fd_, out.data(), out.size());
      if (size >= 0) return static_cast<std::size_t>(size);
      if (errno != EINTR) throw std::system_error(errno, std::generic_category(), "read");
    }
  }

 private:
  int fd_;
  MayRead may_read_;
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
  /// All of them and no more: so the address sanitizer sees who reads past the end.
  std::size_t block_size() const override { return rest_.size(); }

 private:
  Bytes rest_;
};

}  // namespace

std::unique_ptr<ByteSource> open_source(const std::string& path, MayRead may_read) {
  if (path == "-") return std::make_unique<FileSource>(STDIN_FILENO, std::move(may_read));
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) throw std::system_error(errno, std::generic_category(), path);
  return std::make_unique<FileSource>(fd, std::move(may_read));
}

std::unique_ptr<ByteSource> memory_source(Bytes bytes) {
  return std::make_unique<MemorySource>(bytes);
}

Input::Input(std::unique_ptr<ByteSource> source)
    : source_(std::move(source)),
      capacity_(source_->block_size()),
      block_(std::make_unique_for_overwrite<std::uint8_t[]>(capacity_)) {}

void Input::make_room(std::size_t size) {
  if (capacity_ - begin_ >= size) return;
  const MutableBytes unread{block_.get() + begin_, end_ - begin_};
  if (capacity_ >= size) {
    std::copy(unread.begin(), unread.end(), block_.get());
  } else {
    auto larger = std::make_unique_for_overwrite<std::uint8_t[]>(size);
    std::copy(unread.begin(), unread.end(), larger.get());
    block_ = std::move(larger);
    capacity_ = size;
  }
  end_ -= begin_;
  begin_ = 0;
}

Bytes Input::peek(std::size_t size) {
  while (end_ - begin_ < size && !exhausted_) {
    make_room(size);
    const std::size_t got = source_->read({block_.get() + end_, capacity_ - end_});
    exhausted_ = got == 0;
    end_ += got;
  }
  return {block_.get() + begin_, std::min(size, end_ - begin_)};
}

void Input::skip(std::size_t size) {
  assert(size <= end_ - begin_);
  begin_ += size;
  position_ += size;
}

}  // namespace culvert::capture
