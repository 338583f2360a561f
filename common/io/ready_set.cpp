#include "io/ready_set.hpp"

#include <sys/epoll.h>

#include <array>

namespace culvert::io {

ReadySet::ReadySet() : fd_(checked(::epoll_create1(EPOLL_CLOEXEC), "make a set of descriptors")) {}

void ReadySet::add(int fd, Wait wait) { control(EPOLL_CTL_ADD, fd, wait); }
void ReadySet::change(int fd, Wait wait) { control(EPOLL_CTL_MOD, fd, wait); }

void ReadySet::control(int operation, int fd, Wait wait) {
  epoll_event event{};
  event.events = wait == Wait::to_read ? EPOLLIN : EPOLLOUT;
  event.data.fd = fd;
  checked(::epoll_ctl(fd_.get(), operation, fd, &event), "watch a descriptor");
}

std::vector<int> ReadySet::ready() const {
  std::array<epoll_event, 32> events;
  const int count = ::epoll_wait(fd_.get(), events.data(), static_cast<int>(events.size()), 0);
  std::vector<int> fds;
  for (int i = 0; i < count; ++i) fds.push_back(events[static_cast<std::size_t>(i)].data.fd);
  return fds;
}

}  // namespace culvert::io
