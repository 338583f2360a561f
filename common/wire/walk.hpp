// Walk: how Packet::walk finds one layer after the other. Only wire/packet.cpp and the steps in wire/walk*.cpp see it.
#pragma once

#include <algorithm>

#include "wire/packet.hpp"

namespace culvert::wire {

/// IPv4 and IPv6 begin with their version, so that a packet without anything in front says what it is.
inline Layer by_version(Bytes bytes) {
  if (bytes.empty()) return Layer::payload;
  switch (bytes[0] >> 4) {
    case 4:
      return Layer::ipv4;
    case 6:
      return Layer::ipv6;
    default:
      return Layer::payload;
  }
}

/// One walk. Each step reads the header at `at_`, notes it, and says which layer comes next; `end_` is where the innermost
/// enclosing length says the packet ends, which may be past what was captured.
class Walk {
 public:
  explicit Walk(Packet& packet)
      : packet_(&packet), end_(packet.wire_length_), next_(packet.layers_.data()) {}

  void run(Layer first);

 private:
  Layer step(Layer layer);
  Layer rare_step(Layer layer);
  Layer ethernet();
  Layer vlan();
  Layer llc();
  Layer linux_cooked();
  Layer linux_cooked_2();
  Layer loopback();
  Layer arp();
  Layer ipv4();
  Layer ipv6();
  Layer ipv6_extension(Layer layer);
  Layer ipv6_fragment();
  Layer ah();
  Layer esp();
  Layer gre();
  Layer icmp();
  Layer icmpv6();
  Layer udp();
  Layer tcp();
  Layer vxlan();
  Layer dns();
  Layer wireguard();
  Layer tunnel_message();

  /// The bytes of the current header and behind it: captured, and inside what encloses it.
  Bytes here() const {
    const Bytes all = packet_->bytes_;
    return {all.data() + at_, std::min(end_, all.size()) - at_};
  }
  /// The capture ends before the layer does.
  bool is_cut() const { return packet_->bytes_.size() < end_; }
  std::size_t count() const { return static_cast<std::size_t>(next_ - packet_->layers_.data()); }

  /// Adds the current layer to the list and steps behind its header.
  LayerAt& note(Layer layer, std::size_t header_length);
  /// The same for a layer that says itself how long it is, and so ends the packet earlier than what encloses it. Claiming
  /// more than there is on the wire is a fault (but not in a first fragment): the walk goes on with what there is.
  void note(Layer layer, std::size_t header_length, FieldAt field, std::size_t length);
  /// Adds a header that could not be read; the walk ends.
  Layer stop(ParseError error) {
    return aside([&](Walk& walk) { return walk.note_damaged(error); });
  }
  [[gnu::cold]] Layer note_damaged(const ParseError& error);
  Layer too_deep(Layer layer);
  [[gnu::cold]] static void blame(Packet& packet, LayerAt& at, const ParseError& error);

  /// Lets `work` go on with a copy of the walk. Whatever is not inlined is called in this way: so nobody learns where the walk
  /// itself lies, and a compiler can keep it in registers, which saves a quarter of a usual packet's time.
  template <class Work>
  Layer aside(Work work) {
    Walk copy = *this;
    const Layer next = work(copy);
    *this = copy;
    return next;
  }

  /// A length of 0 is a jumbogram or a packet that the network card has still to cut: it ends where the frame does.
  std::size_t or_the_rest(std::size_t length) const { return length != 0 ? length : end_ - at_; }

  static Layer by_ether_type(std::uint16_t ether_type);
  /// The field of Ethernet and 802.1Q that is an EtherType, or a length that limits what follows.
  Layer by_type_or_length(std::uint16_t type_or_length);
  Layer by_protocol(Protocol protocol) const;
  /// What a datagram carries, if not its ports but its first byte tells.
  static Layer by_first_byte(Bytes datagram, std::size_t length);

  Packet* packet_;
  std::size_t at_ = 0;
  std::size_t end_;
  LayerAt* next_;                // where the next layer is noted
  bool in_ipv6_ = false;         // the innermost IP header is of version 6
  bool first_fragment_ = false;  // lengths further in speak of the whole packet, not of this part
};

inline LayerAt& Walk::note(Layer layer, std::size_t header_length) {
  LayerAt& at = *next_++;
  at = {.layer = layer,
        .fault = Fault::none,
        .cut = false,
        .offset = static_cast<std::uint32_t>(at_),
        .header_length = static_cast<std::uint32_t>(header_length),
        .length = static_cast<std::uint32_t>(end_ - at_)};
  at_ += header_length;
  return at;
}

inline void Walk::note(Layer layer, std::size_t header_length, FieldAt field, std::size_t length) {
  const std::size_t enclosing = end_ - at_;
  if (length <= enclosing) end_ = at_ + length;
  LayerAt& at = note(layer, header_length);
  if (length > enclosing && !first_fragment_) {
    blame(*packet_, at, {layer, Fault::truncated, field, length, enclosing});
  }
}

}  // namespace culvert::wire
