// UdpSender: many datagrams with one system call. sendmmsg() takes a list; with UDP_SEGMENT an entry of the list is a
// whole train of datagrams of one size, which the kernel (or the network card) cuts as late as it can.
// Linux: udp(7), sendmmsg(2). Beside io/udp_socket, which sends one at a time.
#pragma once

#include <sys/socket.h>

#include <vector>

#include "io/socket_address.hpp"
#include "io/udp_socket.hpp"

namespace culvert::io {

class UdpSender {
 public:
  enum class Trains { wanted, unwanted };

  /// The socket has to outlive it.
  UdpSender(UdpSocket& socket, Trains trains);

  /// Still with UDP_SEGMENT? An old kernel or a strange network card turns it off, once and for good.
  bool sends_trains() const { return sends_trains_; }

  /// Puts a datagram behind the others. Its bytes must stay where they are until flush().
  void add(const Endpoint& to, Bytes datagram);

  /// A datagram that the network did not take, and why.
  struct Refused {
    Endpoint to;
    Bytes datagram;
    SendOutcome outcome;
  };
  /// Sends them all, in order; tells of those that were not sent, until the next call.
  std::span<const Refused> flush();

  std::uint64_t system_calls() const { return system_calls_; }

 private:
  static constexpr std::size_t max_datagrams = 64;  // in a train: the kernel's UDP_MAX_SEGMENTS
  static constexpr std::size_t max_bytes = 65507;   // of a train: one IPv4 packet's worth of UDP

  struct Train {
    Endpoint to;
    std::size_t first;  // of its datagrams
    std::size_t count;
    std::size_t bytes;
    bool is_open;  // no datagram was shorter than the first
  };
  struct alignas(cmsghdr) Control {
    std::array<std::uint8_t, CMSG_SPACE(sizeof(std::uint16_t))> bytes;
  };

  bool joins(const Train& train, const Endpoint& to, Bytes datagram) const;
  void prepare();
  void send_one_by_one(const Train& train, int error);

  UdpSocket& socket_;
  bool sends_trains_;
  std::uint64_t system_calls_ = 0;
  std::vector<Train> trains_;
  std::vector<iovec> datagrams_;
  std::vector<SocketAddress> receivers_;
  std::vector<Control> controls_;
  std::vector<mmsghdr> messages_;
  std::vector<Refused> refused_;
};

}  // namespace culvert::io
