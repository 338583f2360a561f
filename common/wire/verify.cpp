#include "wire/verify.hpp"

#include "wire/checksum.hpp"
#include "wire/icmp.hpp"
#include "wire/ipv4.hpp"
#include "wire/ipv6.hpp"
#include "wire/tcp.hpp"
#include "wire/udp.hpp"

namespace culvert::wire {
namespace {

/// `sum` is that of all covered bytes, the checksum field with what it holds included: 0xffff if it agrees.
ChecksumVerdict verdict(std::uint16_t found, std::uint16_t sum) {
  if (sum == 0xffff) return {ChecksumStatus::good, found, found};
  // Take the field out of the sum again, and what is left is what it should be the complement of.
  const auto without = add_ones_complement(sum, static_cast<std::uint16_t>(~found));
  return {ChecksumStatus::bad, found, static_cast<std::uint16_t>(~without)};
}

/// The address that the packet is finally for, if a routing header names another than the IPv6 header: it stands in the
/// pseudo header (RFC 8200, section 8.1).
std::optional<Ipv6Address> last_segment(const Packet& packet, const LayerAt& at) {
  const auto routing = Ipv6ExtensionView::parse(Layer::ipv6_routing, packet.bytes_of(at));
  if (!routing || routing->segments_left() == 0) return std::nullopt;
  const Bytes header = routing->header();
  if (header.size() < 24) return std::nullopt;
  constexpr std::uint8_t segment_routing = 4;  // RFC 8754: segments stand in reverse order
  switch (routing->routing_type()) {
    case segment_routing:
      return Ipv6Address{header.subspan<8, 16>()};
    case 0:
    case 2:
      return Ipv6Address{header.last<16>()};
    default:
      return std::nullopt;
  }
}

/// The pseudo header's sum for the transport layer with that index, and whether all of its bytes can be here.
struct Enclosing {
  bool fragment = false;
  bool v6 = false;
  std::uint16_t pseudo_header = 0;
};

Enclosing enclosing(const Packet& packet, std::size_t layer, Protocol protocol) {
  const auto layers = packet.layers();
  Enclosing result;
  std::optional<Ipv6Address> destination;
  for (std::size_t i = layer; i-- > 0;) {
    const LayerAt& at = layers[i];
    if (at.layer == Layer::ipv6_fragment) {
      const auto fragment = packet.view<Ipv6FragmentView>(at);
      result.fragment =
          fragment && (fragment->more_fragments() || fragment->fragment_offset() != 0);
    } else if (at.layer == Layer::ipv6_routing) {
      destination = last_segment(packet, at);
    } else if (at.layer == Layer::ipv4) {
      const auto ipv4 = packet.view<Ipv4View>(at);
      result.fragment = ipv4->is_fragment();
      result.pseudo_header =
          pseudo_header_sum(ipv4->source(), ipv4->destination(), protocol, layers[layer].length);
      return result;
    } else if (at.layer == Layer::ipv6) {
      const auto ipv6 = packet.view<Ipv6View>(at);
      result.v6 = true;
      result.pseudo_header =
          pseudo_header_sum(ipv6->source(), destination.value_or(ipv6->destination()), protocol,
                            layers[layer].length);
      return result;
    }
  }
  return result;
}

ChecksumVerdict transport(const Packet& packet, std::size_t layer, Protocol protocol,
                          std::uint16_t found) {
  const LayerAt& at = packet.layers()[layer];
  const Bytes covered = packet.bytes_of(at);
  const Enclosing around = enclosing(packet, layer, protocol);
  if (protocol == Protocol::udp && found == 0) {
    return {around.v6 ? ChecksumStatus::illegal : ChecksumStatus::absent, found, found};
  }
  if (around.fragment || covered.size() < at.length || at.fault != Fault::none) {
    return {ChecksumStatus::unverified, found, found};
  }
  const std::uint16_t start = protocol == Protocol::icmp ? std::uint16_t{0} : around.pseudo_header;
  ChecksumVerdict result = verdict(found, ones_complement_sum(covered, start));
  if (protocol == Protocol::udp) result.expected = udp_checksum_on_wire(result.expected);
  return result;
}

}  // namespace

ChecksumVerdict verify_checksum(const Packet& packet, std::size_t layer) {
  const LayerAt& at = packet.layers()[layer];
  switch (at.layer) {
    case Layer::ipv4:
      if (const auto view = packet.view<Ipv4View>(at)) {
        return verdict(view->checksum(), ones_complement_sum(view->header()));
      }
      break;
    case Layer::icmp:
      if (const auto view = packet.view<IcmpView>(at)) {
        return transport(packet, layer, Protocol::icmp, view->checksum());
      }
      break;
    case Layer::icmpv6:
      if (const auto view = packet.view<Icmpv6View>(at)) {
        return transport(packet, layer, Protocol::icmpv6, view->checksum());
      }
      break;
    case Layer::udp:
      if (const auto view = packet.view<UdpView>(at)) {
        return transport(packet, layer, Protocol::udp, view->checksum());
      }
      break;
    case Layer::tcp:
      if (const auto view = packet.view<TcpView>(at)) {
        return transport(packet, layer, Protocol::tcp, view->checksum());
      }
      break;
    default:
      break;
  }
  return {};
}

}  // namespace culvert::wire
