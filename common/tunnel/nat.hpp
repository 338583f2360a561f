// Nat: many addresses inside share one outside. It rewrites addresses, ports and echo identifiers of IPv4 packets in place
// and keeps every checksum right without reading a payload; ICMP errors find their way back by the packet they quote.
// RFC 4787 (UDP), RFC 5382 (TCP), RFC 5508 (ICMP). Sans-IO: time and bytes are arguments.
#pragma once

#include <array>
#include <string_view>

#include "base/prefix.hpp"
#include "base/result.hpp"
#include "tunnel/flow_table.hpp"
#include "wire/packet.hpp"

namespace culvert::tunnel {

/// Why a packet ends here.
enum class NatDrop {
  not_ipv4,
  not_ours,
  fragment,
  no_ports,
  nobody_asked,
  ports_exhausted,
};

constexpr std::array all_nat_drops{NatDrop::not_ipv4,     NatDrop::not_ours,
                                   NatDrop::fragment,     NatDrop::no_ports,
                                   NatDrop::nobody_asked, NatDrop::ports_exhausted};

/// A sentence.
constexpr std::string_view to_words(NatDrop drop) {
  switch (drop) {
    case NatDrop::not_ipv4:
      return "it is no sound IPv4 packet";
    case NatDrop::not_ours:
      return "it neither comes from inside nor goes to the outside address";
    case NatDrop::fragment:
      return "it is a fragment, and only the first of them has ports";
    case NatDrop::no_ports:
      return "it is neither TCP nor UDP nor an ICMP echo or error: there is no port to rewrite";
    case NatDrop::nobody_asked:
      return "nobody inside has asked for it";
    case NatDrop::ports_exhausted:
      return "all outside ports are taken";
  }
  return "?";
}

/// How long a flow may be silent before it is forgotten.
struct NatTimeouts {
  Duration udp = std::chrono::minutes{5};  // RFC 4787, section 4.3: never below 2 minutes
  Duration tcp_established =
      std::chrono::minutes{124};  // RFC 5382, section 5: TCP itself may be silent for 2 hours
  Duration tcp_transitory = std::chrono::minutes{4};  // opening, closing or reset
  Duration icmp = std::chrono::seconds{60};           // RFC 5508, section 3.2
};

struct NatConfig {
  Prefix inside;
  Ipv4Address outside;
  PortRange ports{};
  NatTimeouts timeouts{};
};

/// What became of a packet: the flow it belongs to, and whether it is the first of it.
struct Translated {
  const Flow* flow;
  bool is_new = false;
};

class Nat {
 public:
  using Answer = Result<Translated, NatDrop>;

  explicit Nat(const NatConfig& config) : config_(config), table_(config.ports) {}

  /// Rewrites a packet in place, in the direction that its addresses tell: from inside it gets the outside address, to the
  /// outside address it gets the inside one, and from inside to the outside address it gets both ("hairpinning").
  Answer on_packet(Instant now, MutableBytes packet);

  std::uint64_t drops(NatDrop drop) const { return drops_[static_cast<std::size_t>(drop)]; }
  std::vector<Flow> flows() const { return table_.flows(); }

 private:
  Answer translate(Instant now, MutableBytes packet);
  Answer outbound(Instant now, MutableBytes packet, const wire::Packet& layers);
  Answer inbound(Instant now, MutableBytes packet, const wire::Packet& layers);
  Answer error_outbound(Instant now, MutableBytes packet, std::size_t icmp_at);
  Answer error_inbound(Instant now, MutableBytes packet, std::size_t icmp_at);
  void refresh(Instant now, Flow& flow);

  NatConfig config_;
  FlowTable table_;
  std::array<std::uint64_t, all_nat_drops.size()> drops_{};
};

}  // namespace culvert::tunnel
