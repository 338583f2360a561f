// Claimer, the attack of chapter 11: a switch's cable that also says, again and again and unasked, that somebody else's
// address is here. ARP believes whoever speaks last (RFC 826 has no signature), and so does everybody on the network.
#pragma once

#include <array>

#include "tunnel/switch.hpp"
#include "wire/arp.hpp"
#include "wire/ethernet.hpp"
#include "wire/tunnel_message.hpp"

namespace culvert {

class Claimer final : public tunnel::Engine {
 public:
  static constexpr auto claim_every = std::chrono::seconds{1};

  Claimer(tunnel::Switch& honest, const Endpoint& server, Ipv4Address claimed)
      : honest_(honest), server_(server), claimed_(claimed) {}

  /// Our kernel's first frame tells which Ethernet address is ours: it is what we put in the place of the other's.
  void on_tun_packet(Instant now, PacketBuffer& frame, tunnel::Outbox& out) override {
    const auto view = wire::EthernetView::parse(frame.bytes());
    if (view && !ours_) {
      ours_ = view->source();
      next_claim_ = now;
    }
    honest_.on_tun_packet(now, frame, out);
  }
  void on_datagram(Instant now, const tunnel::Arrival& arrival, PacketBuffer& datagram,
                   tunnel::Outbox& out) override {
    honest_.on_datagram(now, arrival, datagram, out);
  }
  void on_too_big(Instant now, std::size_t path_mtu, Bytes datagram, tunnel::Outbox& out) override {
    honest_.on_too_big(now, path_mtu, datagram, out);
  }
  void on_deadline(Instant now, tunnel::Outbox& out) override {
    honest_.on_deadline(now, out);
    if (now < next_claim_) return;
    next_claim_ = now + claim_every;
    out.datagrams.push_back({server_, claim()});
  }
  std::optional<Instant> next_deadline() const override {
    return std::min(honest_.next_deadline().value_or(Instant::max()), next_claim_);
  }

 private:
  // [tag: claim]
  /// A reply that nobody asked for, to everybody: "the claimed address is at our Ethernet address".
  Bytes claim() {
    const std::array<std::uint8_t, 6> all{0xff, 0xff, 0xff, 0xff, 0xff, 0xff};
    const MacAddress everybody{Field<6>{all}};
    const MutableBytes message{message_};
    wire::write_tunnel_header(message.first<4>());
    write(wire::EthernetFields{everybody, *ours_, static_cast<std::uint16_t>(wire::EtherType::arp)},
          message.subspan<4, 14>());
    write(wire::ArpFields{wire::ArpView::reply, *ours_, claimed_, everybody, claimed_},
          message.subspan<18, 28>());
    return message;
  }
  // [end: claim]

  tunnel::Switch& honest_;
  Endpoint server_;
  Ipv4Address claimed_;
  std::optional<MacAddress> ours_;
  Instant next_claim_ = Instant::max();
  std::array<std::uint8_t, 4 + 14 + 28> message_{};
};

}  // namespace culvert
