#include "io/control_message.hpp"

#include <netinet/in.h>
#include <netinet/udp.h>

#include <cassert>
#include <cstring>

#include "io/file_descriptor.hpp"
#include "io/socket_address.hpp"

namespace culvert::io {
namespace {

template <class Value>
Value value_of(const cmsghdr* control) {
  Value value{};
  std::memcpy(&value, CMSG_DATA(control), sizeof value);
  return value;
}

LocalEnd local_end(const in_pktinfo& info) {
  return {Ipv4Address{ntohl(info.ipi_spec_dst.s_addr)},
          static_cast<std::uint32_t>(info.ipi_ifindex)};
}
LocalEnd local_end(const in6_pktinfo& info) {
  return {unmapped(Field<16>{info.ipi6_addr.s6_addr}), info.ipi6_ifindex};
}

/// Puts control messages one behind the other.
class Writer {
 public:
  Writer(msghdr& message, ControlRoom& room) : message_(message), room_(room) {
    message_.msg_control = room_.bytes.data();
    message_.msg_controllen = 0;
  }

  template <class Value>
  void add(int level, int type, const Value& value) {
    cmsghdr header{};
    header.cmsg_level = level;
    header.cmsg_type = type;
    header.cmsg_len = CMSG_LEN(sizeof value);
    std::uint8_t* at = room_.bytes.data() + message_.msg_controllen;
    message_.msg_controllen += CMSG_SPACE(sizeof value);
    assert(message_.msg_controllen <= room_.bytes.size());
    std::memcpy(at, &header, sizeof header);
    std::memcpy(at + CMSG_LEN(0), &value, sizeof value);
  }

 private:
  msghdr& message_;
  ControlRoom& room_;
};

void write_source(Writer& writer, const IpAddress& from) {
  if (const Ipv4Address* v4 = from.v4()) {
    in_pktinfo info{};
    info.ipi_spec_dst.s_addr = htonl(v4->to_number());
    writer.add(IPPROTO_IP, IP_PKTINFO, info);
  } else {
    in6_pktinfo info{};
    copy_bytes(from.bytes(), info.ipi6_addr.s6_addr);
    writer.add(IPPROTO_IPV6, IPV6_PKTINFO, info);
  }
}

}  // namespace

void want_control(int fd, int family) {
  const int on = 1;
  const auto want = [&](int level, int name) {
    checked(::setsockopt(fd, level, name, &on, sizeof on), "ask for what belongs to datagrams");
  };
  want(IPPROTO_IP, IP_RECVTOS);
  if (family == AF_INET) return want(IPPROTO_IP, IP_PKTINFO);
  want(IPPROTO_IPV6, IPV6_RECVTCLASS);
  want(IPPROTO_IPV6, IPV6_RECVPKTINFO);  // of IPv4 too, as mapped addresses
}

void prepare_control(msghdr& message, ControlRoom& room) {
  message.msg_control = &room;
  message.msg_controllen = sizeof room;
}

ReceivedControl read_control(const msghdr& message) {
  ReceivedControl found;
  msghdr copy = message;  // CMSG_NXTHDR wants one that it may change
  for (cmsghdr* control = CMSG_FIRSTHDR(&copy); control != nullptr;
       control = CMSG_NXTHDR(&copy, control)) {
    const auto is = [control](int level, int type) {
      return control->cmsg_level == level && control->cmsg_type == type;
    };
    if (is(IPPROTO_IP, IP_TOS)) found.traffic_class = value_of<std::uint8_t>(control);
    if (is(IPPROTO_IPV6, IPV6_TCLASS))
      found.traffic_class = static_cast<std::uint8_t>(value_of<int>(control));
    if (is(IPPROTO_IP, IP_PKTINFO)) found.at = local_end(value_of<in_pktinfo>(control));
    if (is(IPPROTO_IPV6, IPV6_PKTINFO)) found.at = local_end(value_of<in6_pktinfo>(control));
    if (is(IPPROTO_UDP, UDP_GRO))
      found.segment_size = static_cast<std::size_t>(value_of<int>(control));
  }
  return found;
}

void write_control(msghdr& message, ControlRoom& room, const Endpoint& to,
                   const SentControl& control) {
  Writer writer{message, room};
  const int traffic_class = control.traffic_class;
  const bool v4 = to.address.is_v4();
  if (traffic_class != 0 && v4) writer.add(IPPROTO_IP, IP_TOS, traffic_class);
  if (traffic_class != 0 && !v4) writer.add(IPPROTO_IPV6, IPV6_TCLASS, traffic_class);
  if (control.from && control.from->is_v4() == v4) write_source(writer, *control.from);
  if (control.segment_size != 0)
    writer.add(IPPROTO_UDP, UDP_SEGMENT, static_cast<std::uint16_t>(control.segment_size));
}

}  // namespace culvert::io
