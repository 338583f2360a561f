#include "name_space.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sched.h>

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <system_error>

namespace culvert::tundump {
namespace {

constexpr auto folder = "/run/netns";

std::string names() {
  std::string list;
  std::error_code none;
  for (const auto& each : std::filesystem::directory_iterator{folder, none})
    list += (list.empty() ? "" : ", ") + each.path().filename().string();
  return list.empty() ? "none" : list;
}

io::FileDescriptor open_name_space(const std::string& path) {
  return io::FileDescriptor{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
}

}  // namespace

NameSpaceVisit::NameSpaceVisit(const std::string& name)
    : home_(open_name_space("/proc/self/ns/net")) {
  if (name.empty()) return;
  const auto there = open_name_space(fmt::format("{}/{}", folder, name));
  if (there.get() < 0)
    throw std::runtime_error(
        fmt::format("{}: no such network namespace. There is: {}", name, names()));
  if (::setns(there.get(), CLONE_NEWNET) != 0)
    throw std::system_error(errno, std::generic_category(), "enter network namespace " + name);
  away_ = true;
}

NameSpaceVisit::~NameSpaceVisit() {
  // Going on in the wrong network would show packets under a wrong name.
  if (away_ && ::setns(home_.get(), CLONE_NEWNET) != 0) std::abort();
}

}  // namespace culvert::tundump
