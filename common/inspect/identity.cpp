#include "inspect/identity.hpp"

#include "wire/icmp.hpp"
#include "wire/ipv4.hpp"
#include "wire/ipv6.hpp"

namespace culvert::inspect {
namespace {

using wire::Layer;

/// FNV-1a, 64 bits: simple, and good enough for data that nobody chooses to deceive us.
class Mixer {
 public:
  void bytes(Bytes data) {
    for (const std::uint8_t byte : data) hash_ = (hash_ ^ byte) * 0x100000001b3u;
  }
  void number(std::uint64_t value) {
    for (int i = 0; i < 8; ++i) hash_ = (hash_ ^ (value >> (8 * i) & 0xffu)) * 0x100000001b3u;
  }
  std::uint64_t hash() const { return hash_; }

 private:
  std::uint64_t hash_ = 0xcbf29ce484222325u;
};

bool is_error(const wire::Packet& packet, const wire::LayerAt& at) {
  if (at.layer == Layer::icmp) {
    const auto icmp = packet.view<wire::IcmpView>(at);
    return icmp && icmp->is_error();
  }
  const auto icmp = packet.view<wire::Icmpv6View>(at);
  return at.layer == Layer::icmpv6 && icmp && icmp->is_error();
}

/// Which parts of the transport header stay: ports and checksums are a NAT's to change.
void mix_transport(Mixer& mixer, const wire::Packet& packet, const wire::LayerAt& at) {
  const Bytes message = packet.bytes_of(at);
  if (at.layer == Layer::tcp && message.size() >= 14) mixer.bytes(message.subspan(4, 10));
  const bool icmp = at.layer == Layer::icmp || at.layer == Layer::icmpv6;
  if (icmp && message.size() >= 8) {
    mixer.bytes(message.first(2));       // type, code
    mixer.bytes(message.subspan(6, 2));  // sequence; a NAT may change the identifier
  }
  // An error quotes a packet, and a NAT changes the quotation as well.
  if (!is_error(packet, at)) mixer.bytes(packet.body_of(at));
}

}  // namespace

std::optional<std::uint64_t> identity(const wire::Packet& packet) {
  Mixer mixer;
  if (const auto ip = packet.get<wire::Ipv4View>()) {
    mixer.number(4);
    mixer.number(ip->identification());
    mixer.number(ip->total_length());
    mixer.number(ip->fragment_offset());
    mixer.number(static_cast<std::uint64_t>(ip->protocol()));
  } else if (const auto ip6 = packet.get<wire::Ipv6View>()) {
    mixer.number(6);
    mixer.number(ip6->payload_length());
    mixer.number(ip6->flow_label());
    mixer.number(static_cast<std::uint64_t>(ip6->next_header()));
  } else {
    return std::nullopt;
  }
  if (const wire::LayerAt* transport = packet.transport())
    mix_transport(mixer, packet, *transport);
  else
    mixer.bytes(
        packet.body_of(*packet.find(packet.get<wire::Ipv4View>() ? Layer::ipv4 : Layer::ipv6)));
  return mixer.hash();
}

}  // namespace culvert::inspect
