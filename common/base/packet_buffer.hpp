// PacketBuffer: one packet with room on both sides, so that a tunnel puts its header in front and its tag behind
// without moving a byte:   | head-room | packet | tail-room |
// The room is the buffer's own, or lent: a batch carves many small buffers out of one large piece of memory.
#pragma once

#include <cassert>
#include <cstddef>
#include <memory>

#include "base/bytes.hpp"

namespace culvert {

class PacketBuffer {
 public:
  static constexpr std::size_t head_room = 128;     // outer headers: at most 40 IPv6 + 8 UDP + ours
  static constexpr std::size_t max_packet = 65535;  // an IP packet's total length is 16 bits wide
  static constexpr std::size_t tail_room = 64;      // padding and an authentication tag

  /// With room of its own for any packet.
  PacketBuffer()
      : owned_(std::make_unique<std::uint8_t[]>(head_room + max_packet + tail_room)),
        room_(owned_.get(), head_room + max_packet + tail_room) {}

  /// In lent memory, which must stay as long as the buffer: a packet of `size` bytes that begins at `begin`.
  static PacketBuffer over(MutableBytes room, std::size_t begin, std::size_t size) {
    assert(begin <= room.size() && size <= room.size() - begin);
    return PacketBuffer{room, begin, size};
  }

  /// Where a packet of at most max_packet bytes is read to; follow it with set_size(). (Own room only.)
  MutableBytes writable() { return room_.subspan(head_room, max_packet); }
  void set_size(std::size_t size) {
    assert(size <= max_packet);
    begin_ = head_room;
    end_ = head_room + size;
  }

  MutableBytes bytes() { return room_.subspan(begin_, end_ - begin_); }
  Bytes bytes() const { return room_.subspan(begin_, end_ - begin_); }
  std::size_t size() const { return end_ - begin_; }

  /// Grows the packet by `size` bytes at its front and gives them to write to; the head-room must suffice (asserted).
  MutableBytes prepend(std::size_t size) {
    assert(size <= begin_);
    begin_ -= size;
    return bytes().first(size);
  }
  /// The same at its end.
  MutableBytes append(std::size_t size) {
    assert(size <= room_.size() - end_);
    end_ += size;
    return bytes().last(size);
  }
  /// Takes `size` bytes away at the front, as after removing an outer header.
  void drop_front(std::size_t size) {
    assert(size <= end_ - begin_);
    begin_ += size;
  }
  void drop_back(std::size_t size) {
    assert(size <= end_ - begin_);
    end_ -= size;
  }

 private:
  PacketBuffer(MutableBytes room, std::size_t begin, std::size_t size)
      : room_(room), begin_(begin), end_(begin + size) {}

  std::unique_ptr<std::uint8_t[]> owned_;
  MutableBytes room_;
  std::size_t begin_ = head_room;
  std::size_t end_ = head_room;
};

}  // namespace culvert
