// The loop around a tunnel's engine: it owns everything that the engine refuses to know, which is
// waiting, reading, writing and the clock. Both directions in one thread:
//
//   TUN device --read--> engine.on_tun_packet() --> UDP socket      outbound
//   TUN device <-------- engine.on_datagram() <--read-- UDP socket  inbound
#pragma once

#include "io/network_watch.hpp"
#include "io/poller.hpp"
#include "io/tun_device.hpp"
#include "io/udp_socket.hpp"
#include "tunnel/engine.hpp"

namespace culvert::shell {

/// What the machine did not take; what the engine did not take is counted there.
struct LoopStats {
  std::uint64_t datagrams_unsent = 0;   // no route, a full queue, a firewall's no
  std::uint64_t datagrams_too_big = 0;  // handed back to the engine
  std::uint64_t packets_unwritten = 0;  // the TUN device said no
  std::uint64_t system_calls = 0;       // to wait, read and write
  std::uint64_t copies = 0;             // of packets, from one place in our memory to another
};

/// The engine's wishes, as the socket takes them.
io::SendOptions send_options(const tunnel::OutboundDatagram& datagram);

/// After a change of the network: peers that were answered from an address that is gone, or whose route leads through
/// another interface now, are answered from wherever the kernel thinks best.
void follow_network(io::NetworkWatch& network, tunnel::Engine& engine, const io::UdpSocket& socket);

class EventLoop {
 public:
  EventLoop(io::Poller& poller, io::TunDevice& tun, io::UdpSocket& socket, tunnel::Engine& engine);

  /// Until somebody asks us to stop.
  void run();
  const LoopStats& stats() const { return stats_; }

 private:
  void carry_outbound(Instant now);
  void carry_inbound(Instant now);
  void flush(Instant now);

  io::Poller& poller_;
  io::TunDevice& tun_;
  io::UdpSocket& socket_;
  tunnel::Engine& engine_;
  io::NetworkWatch network_;
  PacketBuffer buffer_;
  tunnel::Outbox out_;
  LoopStats stats_;
};

}  // namespace culvert::shell
