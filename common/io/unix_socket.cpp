#include "io/unix_socket.hpp"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/un.h>

#include <array>
#include <cstddef>
#include <cstring>
#include <filesystem>
#include <stdexcept>

#include "io/failure.hpp"
#include "io/file.hpp"

namespace culvert::io {
namespace {

FileDescriptor new_socket(int flags) {
  return FileDescriptor{
      checked(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | flags, 0), "open a Unix socket")};
}

sockaddr_un address_of(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof address.sun_path)
    throw std::invalid_argument("path too long for a socket: " + path);
  std::memcpy(address.sun_path, path.data(), path.size());
  return address;
}

/// The result of bind() or connect().
template <class Function>
int at(Function function, const FileDescriptor& socket, const std::string& path) {
  const sockaddr_un address = address_of(path);
  return function(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address);
}

/// bind() gives the file its mode, so the mode has to be asked for before.
int bind_for_owner_only(const FileDescriptor& socket, const std::string& path) {
  const mode_t before = ::umask(0177);
  const int result = at(::bind, socket, path);
  ::umask(before);
  return result;
}

FileDescriptor listen_at(const std::string& path) {
  std::filesystem::create_directories(std::filesystem::path{path}.parent_path());
  FileDescriptor socket = new_socket(SOCK_NONBLOCK);
  int result = bind_for_owner_only(socket, path);
  if (result < 0 && errno == EADDRINUSE && !call(path)) {
    remove_file(path);
    result = bind_for_owner_only(socket, path);
  }
  if (result < 0) fail("listen at " + path);
  checked(::listen(socket.get(), 16), "listen at a Unix socket");
  return socket;
}

/// To ask about the file later, when we may no longer look into its folder.
FileDescriptor hold(const std::string& path) {
  return FileDescriptor{checked(::open(path.c_str(), O_PATH | O_CLOEXEC), "hold a socket's file")};
}

}  // namespace

UnixListener::UnixListener(const std::string& path)
    : fd_(listen_at(path)), path_(path), file_(hold(path)) {}

UnixListener::~UnixListener() {
  if (fd_.get() >= 0 && !is_removed()) ::unlink(path_.c_str());
}

bool UnixListener::is_removed() const {
  struct stat status {};
  checked(::fstat(file_.get(), &status), "ask for a socket's file");
  return status.st_nlink == 0;
}

std::optional<FileDescriptor> UnixListener::accept() {
  const int fd = ::accept4(fd_.get(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
  if (fd < 0) return std::nullopt;  // the caller has gone away, or there are too many files open
  return FileDescriptor{fd};
}

std::optional<FileDescriptor> call(const std::string& path) {
  FileDescriptor socket = new_socket(0);
  if (at(::connect, socket, path) < 0) {
    if (errno == ENOENT || errno == ECONNREFUSED) return std::nullopt;
    fail("call " + path);
  }
  const timeval patience{10, 0};
  checked(::setsockopt(socket.get(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience),
          "limit the wait for an answer");
  return socket;
}

pid_t who_listens(const FileDescriptor& line) {
  ucred owner{};
  socklen_t size = sizeof owner;
  checked(::getsockopt(line.get(), SOL_SOCKET, SO_PEERCRED, &owner, &size), "ask who listens");
  return owner.pid;
}

void end_of_questions(const FileDescriptor& line) {
  checked(::shutdown(line.get(), SHUT_WR), "end a question");
}

bool receive_some(int fd, std::string& text) {
  std::array<char, 65536> chunk;
  const ssize_t size = ::recv(fd, chunk.data(), chunk.size(), 0);
  if (size > 0) text.append(chunk.data(), static_cast<std::size_t>(size));
  return size > 0 || (size < 0 && (errno == EAGAIN || errno == EINTR));
}

bool send_some(int fd, std::string& text) {
  const ssize_t size = ::send(fd, text.data(), text.size(), MSG_NOSIGNAL);
  if (size > 0) text.erase(0, static_cast<std::size_t>(size));
  return size >= 0 || errno == EAGAIN || errno == EINTR;
}

}  // namespace culvert::io
