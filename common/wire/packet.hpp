// Packet: one walk over all headers of a packet, outermost first, and where each of them lies.
// Everything that looks at packets (one line, tree, NAT, tests) starts here and follows the list.
#pragma once

#include <algorithm>
#include <array>
#include <optional>
#include <span>

#include "base/bytes.hpp"
#include "wire/numbers.hpp"
#include "wire/parse_error.hpp"

namespace culvert::wire {

/// Where one header lies. Offsets and lengths are bytes; `offset` counts from the first byte of the packet.
struct LayerAt {
  Layer layer;
  Fault fault;  // what is wrong with it, or with the length that it announces
  bool cut;     // the capture ends inside this header
  std::uint32_t offset;
  std::uint32_t header_length;  // as much of the header as is there, options included
  std::uint32_t length;         // on the wire: the header and everything it encloses
};

/// The layers of one packet. Walking allocates nothing, copies nothing and never fails: where a header is damaged the list
/// ends with it, error() says why, and what is left is one `payload`.
class Packet {
 public:
  static constexpr std::size_t max_layers = 40;

  /// `captured` are the bytes we hold, `wire_length` how many there were (more, when a snap length cut the packet).
  static Packet walk(Bytes captured, LinkType link, std::size_t wire_length);
  Packet(const Packet& other);
  Packet& operator=(const Packet& other);
  static Packet walk(Bytes whole, LinkType link) { return walk(whole, link, whole.size()); }

  Bytes bytes() const { return bytes_; }
  std::size_t wire_length() const { return wire_length_; }
  LinkType link_type() const { return link_; }
  std::span<const LayerAt> layers() const { return std::span{layers_}.first(count_); }

  /// The first thing that was wrong; error_layer() is the index of the layer it was found in.
  const std::optional<ParseError>& error() const { return error_; }
  std::size_t error_layer() const { return error_layer_; }

  /// The captured bytes of a layer: its header and everything it encloses.
  Bytes bytes_of(const LayerAt& at) const {
    return bytes_.subspan(at.offset, std::min<std::size_t>(at.length, bytes_.size() - at.offset));
  }
  /// The captured bytes that follow a layer's header, as far as the layer goes.
  Bytes body_of(const LayerAt& at) const { return bytes_of(at).subspan(at.header_length); }
  /// The outermost layer of that kind, or null.
  const LayerAt* find(Layer layer) const {
    for (const LayerAt& at : layers()) {
      if (at.layer == layer) return &at;
    }
    return nullptr;
  }
  /// The TCP, UDP, ICMP or ICMPv6 header of the outermost IP packet, which may be damaged. Null if it carries something
  /// else: a later fragment, another protocol, an IP packet of its own.
  const LayerAt* transport() const;

  /// The view of one of our layers, or what is wrong with its header. What the walk found sound is not asked again.
  template <class View>
  Parsed<View> view(const LayerAt& at) const {
    if constexpr (requires { View::of_sound(bytes_); }) {
      if (at.layer == View::layer && at.fault == Fault::none) return View::of_sound(bytes_of(at));
    }
    if constexpr (requires { View::parse_header(bytes_); })
      return View::parse_header(bytes_of(at));
    else
      return View::parse(bytes_of(at));
  }
  /// The outermost view of that kind whose header is sound: `packet.get<Ipv4View>()`.
  template <class View>
  std::optional<View> get() const {
    const LayerAt* at = find(View::layer);
    if (at == nullptr) return std::nullopt;
    const auto parsed = view<View>(*at);
    return parsed ? std::optional<View>{*parsed} : std::nullopt;
  }

 private:
  friend class Walk;
  Packet(Bytes bytes, LinkType link, std::size_t wire_length)
      : bytes_(bytes), wire_length_(wire_length), link_(link) {}

  Bytes bytes_;
  std::size_t wire_length_;
  LinkType link_;
  std::size_t count_ = 0;
  std::size_t error_layer_ = 0;
  std::optional<ParseError> error_;
  std::array<LayerAt, max_layers>
      layers_;  // the first count_ of them; clearing all would cost more than the walk
};

inline const LayerAt* Packet::transport() const {
  const auto is_ip = [](const LayerAt& at) {
    return at.layer == Layer::ipv4 || at.layer == Layer::ipv6;
  };
  const LayerAt* ip = layers_.data();
  const LayerAt* const end = ip + count_;
  while (ip != end && !is_ip(*ip)) ++ip;
  if (ip == end) return nullptr;
  for (const LayerAt* at = ip + 1; at != end && !is_ip(*at); ++at) {
    if (at->layer == Layer::udp || at->layer == Layer::tcp) return at;
    // Each family has an ICMP of its own; under the other it is just an unknown protocol.
    if (at->layer == Layer::icmp) return ip->layer == Layer::ipv4 ? at : nullptr;
    if (at->layer == Layer::icmpv6) return ip->layer == Layer::ipv6 ? at : nullptr;
  }
  return nullptr;
}

/// A whole IP packet, as a TUN device gives it: every header up to the transport's has to be sound. A damaged DNS message or
/// a damaged packet inside a tunnel is not this packet's fault: it travels on, and its receiver may judge it.
Parsed<Packet> parse_packet(Bytes ip_packet);

}  // namespace culvert::wire
