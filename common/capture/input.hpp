// Input: a stream of bytes that is read in large blocks and looked at without copying. It counts, so that an error can
// name the byte.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "base/bytes.hpp"

namespace culvert::capture {

/// Where bytes come from: a file, standard input, or memory in tests and fuzzing.
class ByteSource {
 public:
  virtual ~ByteSource() = default;
  /// Fills the beginning of `out` and says how much; 0 is the end. Throws std::system_error.
  virtual std::size_t read(MutableBytes out) = 0;
  /// How many bytes are worth asking for at once.
  virtual std::size_t block_size() const { return std::size_t{1} << 20; }
};

/// Asked before each read from a file, which may have to wait; after a "no" the file counts as read to its end.
using MayRead = std::function<bool(int descriptor)>;

/// Opens a file, or standard input for "-". Throws std::system_error.
std::unique_ptr<ByteSource> open_source(const std::string& path, MayRead may_read = {});
/// Reads from `bytes`, which must live as long.
std::unique_ptr<ByteSource> memory_source(Bytes bytes);

class Input {
 public:
  explicit Input(std::unique_ptr<ByteSource> source);

  /// The next `size` bytes, or all that are left if there are fewer; they stay where they are until the next call.
  Bytes peek(std::size_t size);
  /// Steps over bytes that peek() has shown.
  void skip(std::size_t size);
  /// How many bytes have been stepped over.
  std::uint64_t position() const { return position_; }

 private:
  /// Makes room for `size` bytes from begin_ on.
  void make_room(std::size_t size);

  std::unique_ptr<ByteSource> source_;
  std::size_t capacity_;
  std::unique_ptr<std::uint8_t[]>
      block_;  // not set to zeros: the system hands out pages as they are read into
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  std::uint64_t position_ = 0;
  bool exhausted_ = false;
};

}  // namespace culvert::capture
