#include "io/network_watch.hpp"

#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <sys/socket.h>

#include <array>

namespace culvert::io {

NetworkWatch::NetworkWatch()
    : fd_(checked(::socket(AF_NETLINK, SOCK_RAW | SOCK_NONBLOCK | SOCK_CLOEXEC, NETLINK_ROUTE),
                  "open a netlink socket")) {
  sockaddr_nl address{};
  address.nl_family = AF_NETLINK;
  address.nl_groups =
      RTMGRP_IPV4_IFADDR | RTMGRP_IPV6_IFADDR | RTMGRP_IPV4_ROUTE | RTMGRP_IPV6_ROUTE;
  checked(::bind(fd(), reinterpret_cast<const sockaddr*>(&address), sizeof address),
          "watch the network");
}

bool NetworkWatch::drain() {
  std::array<char, 8192> news;
  bool changed = false;
  while (true) {
    const ssize_t size = ::recv(fd(), news.data(), news.size(), 0);
    if (size < 0 && errno == EINTR) continue;
    if (size < 0 && errno != ENOBUFS) return changed;  // ENOBUFS: more changes than could be kept
    changed = true;
  }
}

}  // namespace culvert::io
