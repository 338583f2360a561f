// UdpReceiver: many datagrams with one system call. recvmmsg() fills a list of buffers; with UDP_GRO a buffer holds a
// whole train, which travelled through the kernel as one and was never cut. Beside io/udp_socket, which takes one at a time.
// Linux: udp(7), recvmmsg(2).
#pragma once

#include <sys/socket.h>

#include <memory>
#include <vector>

#include "io/control_message.hpp"
#include "io/socket_address.hpp"
#include "io/udp_socket.hpp"

namespace culvert::io {

/// Datagrams of one sender, one behind the other, each of `datagram_size` bytes but the last, which may be shorter.
struct ReceivedTrain {
  Endpoint from;
  MutableBytes bytes;
  std::size_t datagram_size;
  std::uint8_t traffic_class;  // the kernel joins only what has the same
  std::optional<LocalEnd> at;
};

class UdpReceiver {
 public:
  enum class Trains { wanted, unwanted };

  /// The socket has to outlive it. Where the kernel knows no UDP_GRO (before Linux 5.0), every train is one datagram.
  UdpReceiver(UdpSocket& socket, Trains trains);

  bool takes_trains() const { return takes_trains_; }
  /// What is there now; valid until the next call.
  std::span<const ReceivedTrain> receive();
  /// Whether the last call took as much as it had room for.
  bool more_may_follow() const { return trains_.size() == wanted_; }

 private:
  static constexpr std::size_t max_size = 65535;
  static constexpr std::size_t stride =
      max_size + 1 + 64;  // not a power of two, so that caches do not collide
  static constexpr std::size_t max_singles = 64;
  static constexpr std::size_t max_trains = 8;  // half a megabyte: what a core's own cache holds

  void prepare(std::size_t count);

  int fd_;
  bool takes_trains_ = false;
  std::unique_ptr<std::uint8_t[]> memory_;  // costs nothing where no datagram has ever been
  std::size_t wanted_ = max_singles;
  std::vector<SocketAddress> senders_;
  std::vector<ControlRoom> controls_;
  std::vector<iovec> buffers_;
  std::vector<mmsghdr> messages_;
  std::vector<ReceivedTrain> trains_;
};

}  // namespace culvert::io
