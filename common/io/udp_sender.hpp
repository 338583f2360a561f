// UdpSender: many datagrams with one system call. sendmmsg() takes a list; with UDP_SEGMENT an entry of the list is a
// whole train of datagrams of one size, which the kernel (or the network card) cuts as late as it can.
// Linux: udp(7), sendmmsg(2). Beside io/udp_socket, which sends one at a time.
#pragma once

#include <sys/socket.h>

#include <vector>

#include "io/control_message.hpp"
#include "io/socket_address.hpp"
#include "io/udp_socket.hpp"

namespace culvert::io {

class UdpSender {
 public:
  enum class Trains { wanted, unwanted };

  /// The socket has to outlive it.
  UdpSender(UdpSocket& socket, Trains trains);

  /// With UDP_SEGMENT at the moment? An old kernel turns it off for good; a train that somebody on its way could not cut, for
  /// the next alone_after_refusal datagrams: it may have been this path, or a card that is gone by then.
  bool sends_trains() const { return sends_trains_ && alone_left_ == 0; }
  static constexpr std::size_t alone_after_refusal = 10'000;

  /// Puts a datagram behind the others. Its bytes must stay where they are until flush().
  void add(const Endpoint& to, Bytes datagram, const SendOptions& options = {});

  /// A datagram that the network did not take, and why.
  struct Refused {
    Endpoint to;
    Bytes datagram;
    SendOptions options;
    SendOutcome outcome;
  };
  /// Sends them all, in order; tells of those that were not sent, until the next call.
  std::span<const Refused> flush();

  std::uint64_t system_calls() const { return system_calls_; }

 private:
  static constexpr std::size_t max_datagrams = 64;  // in a train: the kernel's UDP_MAX_SEGMENTS
  /// Of a train. A device takes 64 KiB uncut (gso_max_size), its own header, IP and UDP included; what is a little longer
  /// is cut before it gets there, and costs nearly three times as much.
  static constexpr std::size_t max_bytes = 65536 - 14 - 4 - 40 - 8;

  struct Train {
    Endpoint to;
    SendOptions options;
    std::size_t first;  // of its datagrams
    std::size_t count;
    std::size_t bytes;
    bool is_open;  // no datagram was shorter than the first
  };

  bool joins(const Train& train, const Endpoint& to, Bytes datagram,
             const SendOptions& options) const;
  void prepare();
  std::size_t same_fragmentation(std::size_t first) const;
  void send_one_by_one(const Train& train, int error);

  UdpSocket& socket_;
  bool sends_trains_;
  std::size_t alone_left_ = 0;  // datagrams, before a train is tried again
  std::uint64_t system_calls_ = 0;
  std::vector<Train> trains_;
  std::vector<iovec> datagrams_;
  std::vector<SocketAddress> receivers_;
  std::vector<ControlRoom> controls_;
  std::vector<mmsghdr> messages_;
  std::vector<Refused> refused_;
};

}  // namespace culvert::io
