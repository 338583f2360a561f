#include "io/file.hpp"

#include <fcntl.h>
#include <sys/stat.h>

#include <array>
#include <filesystem>

#include "io/failure.hpp"
#include "io/file_descriptor.hpp"

namespace culvert::io {
std::string read_all(int fd, const std::string& name) {
  std::string text;
  std::array<char, 4096> chunk;
  while (true) {
    const ssize_t size = ::read(fd, chunk.data(), chunk.size());
    if (size < 0 && errno == EINTR) continue;
    if (size < 0) fail("read " + name);
    if (size == 0) return text;
    text.append(chunk.data(), static_cast<std::size_t>(size));
  }
}

void write_all(int fd, const std::string& text) {
  for (std::size_t done = 0; done < text.size();) {
    const ssize_t size = ::write(fd, text.data() + done, text.size() - done);
    if (size < 0 && errno == EINTR) continue;
    if (size < 0) fail("write a file");
    done += static_cast<std::size_t>(size);
  }
}

std::optional<std::string> read_file(const std::string& path) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0 && (errno == ENOENT || errno == ENOTDIR)) return std::nullopt;
  if (fd < 0) fail("open " + path);
  const FileDescriptor file{fd};
  return read_all(file.get(), path);
}

void replace_file(const std::string& path, const std::string& text) {
  std::filesystem::create_directories(std::filesystem::path{path}.parent_path());
  const std::string fresh = path + ".new";
  const int fd = ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (fd < 0) fail("create " + fresh);
  const FileDescriptor file{fd};
  write_all(file.get(), text);
  if (::rename(fresh.c_str(), path.c_str()) < 0) fail("rename to " + path);
}

void remove_file(const std::string& path) {
  if (::unlink(path.c_str()) < 0 && errno != ENOENT) fail("remove " + path);
}

}  // namespace culvert::io
