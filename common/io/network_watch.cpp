#include "io/network_watch.hpp"

#include <linux/rtnetlink.h>
#include <sys/socket.h>

#include <array>
#include <cstring>

#include "io/netlink_message.hpp"
#include "io/socket_address.hpp"

namespace culvert::io {
namespace {

FileDescriptor open_netlink(int flags) {
  return FileDescriptor{
      checked(::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | flags, NETLINK_ROUTE),
              "open an rtnetlink socket")};
}

/// A question of one message: header, route header, attributes.
class Question {
 public:
  explicit Question(const IpAddress& to) {
    head_.nlmsg_type = RTM_GETROUTE;
    head_.nlmsg_flags = NLM_F_REQUEST;
    body_.rtm_family = to.is_v4() ? AF_INET : AF_INET6;
    body_.rtm_dst_len = body_.rtm_src_len = static_cast<unsigned char>(to.bits());
  }

  void add(unsigned short type, Bytes value) {
    rtattr attribute{};
    attribute.rta_type = type;
    attribute.rta_len = static_cast<unsigned short>(RTA_LENGTH(value.size()));
    append(attribute);
    attributes_.insert(attributes_.end(), value.begin(),
                       value.end());  // of 4 or 16 bytes: no padding
  }

  std::vector<std::uint8_t> bytes() {
    head_.nlmsg_len = static_cast<std::uint32_t>(NLMSG_SPACE(sizeof body_) + attributes_.size());
    std::vector<std::uint8_t> out(NLMSG_SPACE(sizeof body_));
    std::memcpy(out.data(), &head_, sizeof head_);
    std::memcpy(out.data() + NLMSG_HDRLEN, &body_, sizeof body_);
    out.insert(out.end(), attributes_.begin(), attributes_.end());
    return out;
  }

 private:
  template <class Value>
  void append(const Value& value) {
    std::array<std::uint8_t, sizeof value> bytes;
    std::memcpy(bytes.data(), &value, sizeof value);
    attributes_.insert(attributes_.end(), bytes.begin(), bytes.end());
  }

  nlmsghdr head_{};
  rtmsg body_{};
  std::vector<std::uint8_t> attributes_;
};

/// The kernel answers for IPv6 whatever the source is; but it gives a socket no address that is not ours.
bool is_ours(const IpAddress& address) {
  const int family = address.is_v4() ? AF_INET : AF_INET6;
  const FileDescriptor socket{
      checked(::socket(family, SOCK_DGRAM | SOCK_CLOEXEC, 0), "open a UDP socket")};
  const SocketAddress local = to_socket_address({address, 0}, family);
  return ::bind(socket.get(), local.get(), local.size) == 0;
}

}  // namespace

NetworkWatch::NetworkWatch() : fd_(open_netlink(SOCK_NONBLOCK)) {
  sockaddr_nl groups{};
  groups.nl_family = AF_NETLINK;
  groups.nl_groups = RTMGRP_IPV4_IFADDR | RTMGRP_IPV6_IFADDR | RTMGRP_IPV4_ROUTE |
                     RTMGRP_IPV6_ROUTE | RTMGRP_IPV4_RULE;
  const auto* address = reinterpret_cast<const sockaddr*>(&groups);
  checked(::bind(fd(), address, sizeof groups), "listen for changes of the network");
  const int rules_of_ipv6 = RTNLGRP_IPV6_RULE;  // its number does not fit into nl_groups
  checked(
      ::setsockopt(fd(), SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, &rules_of_ipv6, sizeof rules_of_ipv6),
      "listen for changes of rules");
}

void NetworkWatch::drain() {
  std::array<std::uint8_t, 4096> news;
  // What it was does not matter. ENOBUFS: it was more than the kernel could remember.
  while (::recv(fd(), news.data(), news.size(), 0) >= 0 || errno == ENOBUFS) {
  }
}

std::optional<std::uint32_t> leaving_interface(const IpAddress& from, const IpAddress& to,
                                               std::uint32_t mark) {
  if (from.is_v4() != to.is_v4() || !is_ours(from)) return std::nullopt;
  std::array<std::uint8_t, 4> mark_bytes;
  std::memcpy(mark_bytes.data(), &mark, sizeof mark);
  Question question{to};
  question.add(RTA_DST, to.bytes());
  question.add(RTA_SRC, from.bytes());
  if (mark != 0) question.add(RTA_MARK, mark_bytes);

  const FileDescriptor socket = open_netlink(0);
  const auto bytes = question.bytes();
  checked(static_cast<int>(::send(socket.get(), bytes.data(), bytes.size(), 0)),
          "ask rtnetlink for a route");
  std::array<std::uint8_t, 4096> room;
  const int size = checked(static_cast<int>(::recv(socket.get(), room.data(), room.size(), 0)),
                           "receive a route from rtnetlink");
  nlmsghdr head{};
  std::memcpy(&head, room.data(), sizeof head);
  constexpr std::size_t before_attributes = NLMSG_SPACE(sizeof(rtmsg));
  if (head.nlmsg_type != RTM_NEWROUTE || static_cast<std::size_t>(size) < before_attributes)
    return std::nullopt;  // an error is how the kernel says "no way"
  const Bytes answer{room.data(), static_cast<std::size_t>(size)};
  return Attributes{answer.subspan(before_attributes)}.u32(RTA_OIF);
}

}  // namespace culvert::io
