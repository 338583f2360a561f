// Landing: the memory that frames of a TUN device are read into, so laid out that the kernel itself puts each packet where it
// will be sealed, with head-room and tail-room. Then cutting a super-packet copies no payload: headers are written before
// each share, 40 to 60 bytes. How the next super-packet is to be cut nobody knows, but it is foretold: like the last one,
// into as many packets. Where that fails, what lies in the wrong place is copied, once.
//
//     | virtio header |   | headers, share 0 |   | share 1 |   | share 2 |   ...   | what was not foretold |
//
// On a packet's way: TUN device --readv()--> Landing -> engine.
#pragma once

#include <vector>

#include "base/packet_pool.hpp"
#include "offload/super_packet.hpp"

namespace culvert::offload {

class Landing {
 public:
  enum class Frames { bare_packets, with_virtio_headers };
  /// How super-packets are cut; by copying foretells nothing, and is there to be compared with.
  enum class Cutting { in_place, by_copying };

  explicit Landing(Frames frames, Cutting cutting = Cutting::in_place);

  /// Whether one more frame fits in; if not, let go of the packets before it: clear().
  bool has_room() const;
  /// Where to read the next frame to, one piece behind the other, at most max_places. has_room() must hold (asserted).
  std::span<const MutableBytes> places();
  static constexpr std::size_t max_places = 68;

  /// A frame of `size` bytes lies there. How many packets it is: none if its virtio header is not true.
  std::size_t take(std::size_t size);
  /// Whether packet number `index` fits in; if not, clear() as well. Only copies need room.
  bool has_room_for(std::size_t index) const;
  /// Ask for each of them once, in order, before the next places(). It stays until clear().
  PacketBuffer packet(std::size_t index);

  /// Every packet that was given out ends here. Those of the last frame that were not yet do not.
  void clear();

  /// Of packets so far: those that did not lie where they were wanted.
  std::uint64_t copies() const { return copies_; }

 private:
  /// How a super-packet is cut.
  struct Cut {
    std::size_t headers;  // bytes of them before each share
    std::size_t share;    // bytes of payload
    auto operator<=>(const Cut&) const = default;
  };

  std::size_t take_packet();
  std::size_t take_super_packet();
  MutableBytes first_place() { return places_[frames_ == Frames::bare_packets ? 0 : 1]; }
  void copy(std::size_t from, MutableBytes to) const;
  std::size_t packet_size(std::size_t index) const {
    return super_ ? super_->packet_size(index) : size_;
  }

  Frames frames_;
  Cutting cutting_;
  std::optional<Cut> foretold_;
  std::size_t shares_ = 1;  // foretold as well: each place more costs the kernel some time
  PacketPool pool_;         // packets that lie where they were read to
  PacketPool copied_;       // the others
  std::vector<std::uint8_t> rest_;
  std::array<std::uint8_t, VirtioHeader::size> virtio_{};
  std::vector<MutableBytes> places_;

  // The frame that was taken last.
  std::size_t size_ = 0;  // without its virtio header
  VirtioHeader header_{};
  std::optional<SuperPacket> super_;
  std::size_t in_place_ = 0;  // so many of its packets lie where they are wanted: the first ones
  std::uint64_t copies_ = 0;
};

}  // namespace culvert::offload
