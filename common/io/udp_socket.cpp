#include "io/udp_socket.hpp"

#include <fmt/format.h>
#include <netinet/in.h>
#include <netinet/udp.h>

#include "io/control_message.hpp"
#include "io/failure.hpp"
#include "io/socket_address.hpp"

namespace culvert::io {
namespace {

int family_of(const Endpoint& endpoint) { return endpoint.address.is_v4() ? AF_INET : AF_INET6; }

void set_option(int fd, int level, int name, int value, const char* doing) {
  checked(::setsockopt(fd, level, name, &value, sizeof value), doing);
}

}  // namespace

UdpSocket UdpSocket::open(int family) {
  const int type = SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC;
  UdpSocket socket{FileDescriptor{checked(::socket(family, type, 0), "open a UDP socket")}, family};
  if (family == AF_INET6) {
    set_option(socket.fd(), IPPROTO_IPV6, IPV6_V6ONLY, 0, "take IPv4 on an IPv6 socket");
  }
  want_control(socket.fd(), family);
  socket.set_fragmentation(Fragmentation::forbidden);
  return socket;
}

UdpSocket UdpSocket::bind(const Endpoint& local) {
  UdpSocket socket = open(family_of(local));
  const SocketAddress address = to_socket_address(local, socket.family_);
  if (::bind(socket.fd(), address.get(), address.size) < 0) {
    fail(fmt::format("listen on UDP {}", to_string(local)));
  }
  return socket;
}

UdpSocket UdpSocket::listen(std::uint16_t port) {
  try {
    return bind({Ipv6Address{}, port});
  } catch (const std::system_error& error) {
    if (error.code() != std::errc::address_family_not_supported) throw;
    return bind({Ipv4Address{}, port});
  }
}

UdpSocket UdpSocket::for_peer(const Endpoint& peer) {
  return peer.address.is_v4() ? bind({Ipv4Address{}, 0}) : bind({Ipv6Address{}, 0});
}

Endpoint UdpSocket::local() const {
  SocketAddress address;
  checked(::getsockname(fd(), address.get(), &address.size), "ask for the socket's address");
  return to_endpoint(address);
}

void UdpSocket::become(UdpSocket&& fresh) {
  fd_.take_over(fresh.fd_);
  family_ = fresh.family_;
  fragmentation_ = fresh.fragmentation_;
  if (queues_ != 0) set_queues(queues_);
  if (takes_trains_) take_trains();
}

void UdpSocket::set_mark(std::uint32_t mark) {
  set_option(fd(), SOL_SOCKET, SO_MARK, static_cast<int>(mark),
             "mark the socket's packets (needs CAP_NET_ADMIN)");
}

std::uint32_t UdpSocket::mark() const {
  std::uint32_t mark = 0;
  socklen_t size = sizeof mark;
  checked(::getsockopt(fd(), SOL_SOCKET, SO_MARK, &mark, &size), "ask for the socket's mark");
  return mark;
}

void UdpSocket::set_fragmentation(Fragmentation fragmentation) {
  if (fragmentation == fragmentation_) return;
  const bool allowed = fragmentation == Fragmentation::allowed;
  set_option(fd(), IPPROTO_IP, IP_MTU_DISCOVER, allowed ? IP_PMTUDISC_DONT : IP_PMTUDISC_DO,
             "set the DF bit");
  if (family_ == AF_INET6) {
    set_option(fd(), IPPROTO_IPV6, IPV6_MTU_DISCOVER,
               allowed ? IPV6_PMTUDISC_DONT : IPV6_PMTUDISC_DO, "allow or forbid fragments");
  }
  fragmentation_ = fragmentation;
}

void UdpSocket::set_queues(std::size_t bytes) {
  queues_ = bytes;
  const int size = static_cast<int>(bytes);
  for (const auto& [forced, asked] :
       {std::pair{SO_RCVBUFFORCE, SO_RCVBUF}, std::pair{SO_SNDBUFFORCE, SO_SNDBUF}}) {
    if (::setsockopt(fd(), SOL_SOCKET, forced, &size, sizeof size) < 0)
      set_option(fd(), SOL_SOCKET, asked, size, "set the length of the socket's queues");
  }
}

bool UdpSocket::take_trains() {
  const int on = 1;
  takes_trains_ = ::setsockopt(fd(), IPPROTO_UDP, UDP_GRO, &on, sizeof on) == 0;
  return takes_trains_;
}

std::optional<Datagram> UdpSocket::receive(MutableBytes buffer) {
  SocketAddress from;
  ControlRoom room;
  iovec bytes{buffer.data(), buffer.size()};
  msghdr message{};
  message.msg_name = from.get();
  message.msg_namelen = from.size;
  message.msg_iov = &bytes;
  message.msg_iovlen = 1;
  prepare_control(message, room);
  const ssize_t size = ::recvmsg(fd(), &message, 0);
  if (size >= 0) {
    const ReceivedControl control = read_control(message);
    return Datagram{to_endpoint(from), Bytes{buffer}.first(static_cast<std::size_t>(size)),
                    control.traffic_class, control.at};
  }
  // ECONNREFUSED: an ICMP answer to something sent earlier; the next datagram may be fine.
  if (errno == EAGAIN || errno == EINTR || errno == ECONNREFUSED) return std::nullopt;
  fail("receive from the UDP socket");
}

SendOutcome UdpSocket::send(const Endpoint& to, Bytes datagram, const SendOptions& options) {
  if (!reaches(to)) return SendOutcome::unreachable;
  set_fragmentation(options.fragmentation);
  const SendOutcome outcome = try_to_send(to, datagram, options);
  if (outcome != SendOutcome::unreachable || !options.from) return outcome;
  SendOptions from_anywhere = options;
  from_anywhere.from.reset();
  return try_to_send(to, datagram, from_anywhere);
}

SendOutcome UdpSocket::try_to_send(const Endpoint& to, Bytes datagram, const SendOptions& options) {
  SocketAddress address = address_of(to);
  ControlRoom room;
  // sendmsg() only reads, but its type does not say so.
  iovec bytes{const_cast<std::uint8_t*>(datagram.data()), datagram.size()};
  msghdr message{};
  message.msg_name = address.get();
  message.msg_namelen = address.size;
  message.msg_iov = &bytes;
  message.msg_iovlen = 1;
  write_control(message, room, to, {options.traffic_class, address_in(options.from), 0});
  if (::sendmsg(fd(), &message, 0) >= 0) return SendOutcome::sent;
  switch (errno) {
    case EAGAIN:
    case EINTR:
    case ENOBUFS:
    case ENOMEM:
      return SendOutcome::no_room;
    case EMSGSIZE:
      return SendOutcome::too_big;
    case ECONNREFUSED:
    case EHOSTUNREACH:
    case ENETUNREACH:
    case ENETDOWN:
    case EHOSTDOWN:
    case EPERM:
    case EACCES:
    case EADDRNOTAVAIL:
    case EINVAL:
      return SendOutcome::unreachable;
    default:
      fail(fmt::format("send to {}", to_string(to)));
  }
}

std::optional<std::size_t> path_mtu(const Endpoint& to) {
  // Connecting a UDP socket sends nothing: it makes the kernel look up the route, and the socket remembers it.
  const int family = family_of(to);
  const FileDescriptor fd{
      checked(::socket(family, SOCK_DGRAM | SOCK_CLOEXEC, 0), "open a UDP socket")};
  const SocketAddress address = to_socket_address(to, family);
  if (::connect(fd.get(), address.get(), address.size) < 0) return std::nullopt;
  int mtu = 0;
  socklen_t size = sizeof mtu;
  const bool v4 = family == AF_INET;
  checked(
      ::getsockopt(fd.get(), v4 ? IPPROTO_IP : IPPROTO_IPV6, v4 ? IP_MTU : IPV6_MTU, &mtu, &size),
      "ask for the path's MTU");
  return static_cast<std::size_t>(mtu);
}

}  // namespace culvert::io
