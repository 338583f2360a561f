// Switch, chapter 11: Ethernet frames between a TAP device and any number of tunnel ends, each frame behind the plain
// tunnel's four bytes in a UDP datagram. It learns who is where, and floods what it does not know (IEEE 802.1D, section 7.7).
#pragma once

#include <map>

#include "tunnel/drop_reason.hpp"
#include "tunnel/engine.hpp"
#include "tunnel/mac_table.hpp"

namespace culvert::tunnel {

class Switch final : public Engine {
 public:
  /// How often a client says hello, and how long an end that says nothing stays plugged in.
  static constexpr auto hello_every = std::chrono::seconds{20};
  static constexpr auto unplugged_after = std::chrono::seconds{90};

  /// A client's switch has one cable, to its server, from the start.
  static Switch to_server(const Endpoint& server, Instant now);
  /// A server's: whoever sends a good message is plugged in.
  static Switch listening() { return Switch{}; }

  void on_tun_packet(Instant now, PacketBuffer& frame, Outbox& out) override;
  void on_datagram(Instant now, const Arrival& arrival, PacketBuffer& datagram,
                   Outbox& out) override;
  void on_too_big(Instant, std::size_t, Bytes, Outbox&) override {
    drops_.add(DropReason::too_big);
  }
  void on_deadline(Instant now, Outbox& out) override;
  std::optional<Instant> next_deadline() const override { return next_hello_; }

  const MacTable& stations() const { return stations_; }
  const DropCounts& drops() const { return drops_; }
  std::uint64_t forwarded() const { return forwarded_; }
  std::uint64_t flooded() const { return flooded_; }

 private:
  /// `message` is the frame with our header in front of it.
  void pass_on(Instant now, const Port& from, Bytes message, Outbox& out);
  void send(const Port& to, Bytes message, Outbox& out);

  std::optional<Endpoint> server_;
  std::optional<Instant> next_hello_;
  std::map<Endpoint, Instant> plugged_in_;  // and when they were heard last
  MacTable stations_;
  DropCounts drops_;
  std::uint64_t forwarded_ = 0;
  std::uint64_t flooded_ = 0;
};

}  // namespace culvert::tunnel
