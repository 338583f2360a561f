#include "packet_files.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>

#include "io/failure.hpp"

namespace culvert::tundump {
namespace {

std::string folder_of(const std::string& path) {
  const std::string folder = std::filesystem::path{path}.parent_path();
  return folder.empty() ? "." : folder;
}

io::FileDescriptor open_folder(const std::string& folder, const std::string& file) {
  const int fd = ::open(folder.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) io::fail(file);
  return io::FileDescriptor{fd};
}

}  // namespace

PacketFiles::PacketFiles(const Rotation::Rules& rules, const capture::Writer::Options& format)
    : rotates_(rules.megabytes > 0 || rules.seconds > 0),
      format_(format),
      rotation_(rules, io::Clock{}.wall_time()),
      folder_name_(folder_of(rotation_.file_name())),
      folder_(open_folder(folder_name_, rules.name)),
      writer_(open_file()) {}

/// A pattern of -G may lead into another folder than the first.
capture::Writer PacketFiles::open_file() {
  const std::string path = rotation_.file_name();
  if (path == "-") return capture::Writer::create(path, format_);
  const bool here = folder_of(path) == folder_name_;
  const std::string name = here ? std::filesystem::path{path}.filename().string() : path;
  const int fd = ::openat(here ? folder_.get() : AT_FDCWD, name.c_str(),
                          O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (fd < 0) io::fail(path);
  return capture::Writer::take(path, fd, format_);
}

PacketFiles::Written PacketFiles::write(const capture::CapturedPacket& packet,
                                        std::string_view label) {
  if (rotates_) {
    const auto step = rotation_.step(io::Clock{}.wall_time(), writer_.bytes_written());
    if (step == Rotation::Step::finished) return Written::full;
    if (step == Rotation::Step::next_file) {
      writer_.flush();
      writer_ = open_file();
      if (!secrets_.empty()) writer_.write_secrets(secrets_);
    }
  }
  return writer_.write(packet, label) ? Written::yes : Written::wrong_link_type;
}

void PacketFiles::give_to(const io::Account& account) const {
  struct stat file {};
  const int fd = writer_.descriptor();
  if (::fstat(fd, &file) != 0 || !S_ISREG(file.st_mode))
    return;  // a pipe or device stays whose it is
  if (::fchown(fd, account.user, account.group) != 0) io::fail("give files to " + account.name);
}

bool PacketFiles::can_go_on() const {
  return !rotates_ || ::faccessat(folder_.get(), ".", W_OK | X_OK, AT_EACCESS) == 0;
}

void PacketFiles::write_secrets(const std::string& key_log) {
  secrets_ += key_log;
  writer_.write_secrets(key_log);
}

}  // namespace culvert::tundump
