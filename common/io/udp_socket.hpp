// UdpSocket: the tunnel's end on the real network. It never blocks, and what the network refuses is an outcome to
// count, not an error: the Internet promises nothing (RFC 768).
#pragma once

#include <optional>

#include "base/endpoint.hpp"
#include "io/file_descriptor.hpp"
#include "io/socket_address.hpp"

namespace culvert::io {

struct Datagram {
  Endpoint from;
  Bytes bytes;
  std::uint8_t traffic_class = 0;  // DSCP and ECN, as its IP header had them
  std::optional<LocalEnd> at{};    // where it reached us
};

enum class SendOutcome {
  sent,
  no_room,      // the queue is full: drop it, as a router would
  too_big,      // larger than path_mtu() allows
  unreachable,  // no route, a firewall's no, or the other side said that nobody listens
};

/// What becomes of a datagram that is larger than a link on its way.
enum class Fragmentation {
  forbidden,  // the DF bit; routers drop it and tell us, so that we learn the path's MTU (RFC 1191, RFC 8201)
  allowed,  // cut in pieces
};

/// How a datagram is to go, beside where to.
struct SendOptions {
  Fragmentation fragmentation = Fragmentation::forbidden;
  std::uint8_t traffic_class = 0;
  std::optional<LocalEnd> from{};  // our address; if it is ours no more, the kernel chooses one

  auto operator<=>(const SendOptions&) const = default;
};

class UdpSocket {
 public:
  /// Port 0 lets the kernel choose. An IPv6 address of all zeros takes IPv4 as well.
  static UdpSocket bind(const Endpoint& local);
  /// Any address of this machine, both families (or IPv4 alone where the kernel knows no IPv6).
  static UdpSocket listen(std::uint16_t port);
  /// A socket of any port to talk to `peer` with.
  static UdpSocket for_peer(const Endpoint& peer);

  Endpoint local() const;
  int fd() const { return fd_.get(); }

  /// Goes on as `fresh`, a socket of another port, under the same descriptor and with the same queues.
  void become(UdpSocket&& fresh);

  /// Labels every datagram for the kernel's rules: `ip rule add fwmark MARK ...`, nft `meta mark`.
  void set_mark(std::uint32_t mark);
  std::uint32_t mark() const;

  /// The next datagram, in `buffer`; none if there is none now.
  std::optional<Datagram> receive(MutableBytes buffer);
  SendOutcome send(const Endpoint& to, Bytes datagram, const SendOptions& options = {});

  /// For those who send many at once, io/udp_sender: what send() does about each.
  void set_fragmentation(Fragmentation fragmentation);
  /// The kernel refuses the address of a family that the socket does not reach.
  SocketAddress address_of(const Endpoint& to) const {
    return to_socket_address(to, reaches(to) ? family_ : AF_INET6);
  }
  /// Room in the kernel for what arrives while we work on a batch, and for what waits behind a slow link: beyond what an
  /// ordinary user may ask for, if we are allowed to (CAP_NET_ADMIN).
  void set_queues(std::size_t bytes);
  /// From now on a read may give a whole train of datagrams (UDP_GRO): for io/udp_receiver. False before Linux 5.0.
  bool take_trains();
  bool reaches(const Endpoint& to) const { return family_ == AF_INET6 || to.address.is_v4(); }

 private:
  UdpSocket(FileDescriptor fd, int family) : fd_(std::move(fd)), family_(family) {}
  static UdpSocket open(int family);
  SendOutcome try_to_send(const Endpoint& to, Bytes datagram, const SendOptions& options);

  FileDescriptor fd_;
  int family_;
  Fragmentation fragmentation_ = Fragmentation::allowed;
  std::size_t queues_ = 0;  // 0: the kernel's choice
  bool takes_trains_ = false;
};

/// The largest IP packet that goes to `to` in one piece, as far as the kernel has learned; none without a route.
std::optional<std::size_t> path_mtu(const Endpoint& to);

}  // namespace culvert::io
