// BatchLoop: what shell/event_loop does, for many packets at a time. It reads until nothing is left, lets the engine work on
// all of it, and hands the results over together; only then it waits again. Nothing waits for a batch to fill: a single
// packet goes through at once.
//
//   TUN device --super-packet--> split --> engine.on_tun_packet() --> train --> UDP socket      outbound
//   TUN device <--super-packet-- coalesce <-- engine.on_datagram() <--train-- UDP socket        inbound
#pragma once

#include "io/udp_receiver.hpp"
#include "io/udp_sender.hpp"
#include "offload/coalesce.hpp"
#include "offload/landing.hpp"
#include "shell/crew.hpp"
#include "shell/event_loop.hpp"

namespace culvert::shell {

class BatchLoop {
 public:
  struct Options {
    bool trains;  // of datagrams, where the kernel knows them
    offload::Landing::Cutting cutting = offload::Landing::Cutting::in_place;
    Crew* crew =
        nullptr;  // seals and opens whole batches; without one the engine does, packet by packet
  };

  /// With a TUN device that was opened offloading, super-packets go in and out of it.
  BatchLoop(io::Poller& poller, io::TunDevice& tun, io::UdpSocket& socket, tunnel::Engine& engine,
            const Options& options);

  /// Until somebody asks us to stop.
  void run();
  const LoopStats& stats() const { return stats_; }

 private:
  void carry_outbound(Instant now);
  void carry_inbound(Instant now);
  void open_together(Instant now, std::span<const io::ReceivedTrain> trains);
  std::size_t take_frame(Instant now, std::size_t size);
  void hand_over(Instant now);
  void expect(std::span<const io::ReceivedTrain> trains);
  void flush(Instant now);
  void send_datagrams(Instant now);
  void on_refused(Instant now, const io::UdpSender::Refused& refused);
  void write_packets();
  void write_super_packets();

  io::Poller& poller_;
  io::TunDevice& tun_;
  io::UdpSocket& socket_;
  tunnel::Engine& engine_;
  io::UdpReceiver receiver_;
  io::UdpSender sender_;
  offload::Coalescer coalescer_;
  io::NetworkWatch network_;
  offload::Landing landing_;
  std::vector<PacketBuffer> packets_;  // that the engine gets next
  std::vector<Bytes> heads_;           // the first one of each frame, or train
  std::vector<Bytes> pieces_;
  tunnel::Outbox out_;
  Crew* crew_;
  std::vector<tunnel::CipherJob> to_open_;
  std::vector<std::optional<bool>>
      is_genuine_;  // of each datagram that was received, if a job told
  LoopStats stats_;
  bool said_alone_ = false;  // that trains are not cut: once is enough
};

}  // namespace culvert::shell
