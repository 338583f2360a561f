// PacketPool: memory for the packets of one batch, carved off one behind the other and given back all at once. So a batch
// of small packets lies close together, in the cache, and nothing is allocated for any of them.
#pragma once

#include <vector>

#include "base/packet_buffer.hpp"

namespace culvert {

class PacketPool {
 public:
  explicit PacketPool(std::size_t size) : memory_(size) {}

  /// What a packet of `size` bytes takes.
  static constexpr std::size_t room_for(std::size_t size) {
    return PacketBuffer::head_room + size + PacketBuffer::tail_room;
  }

  /// Whether `count` packets of `size` bytes still have a place, with their head-room and tail-room.
  bool has_room(std::size_t size, std::size_t count = 1) const {
    return taken_ + count * room_for(size) <= memory_.size();
  }
  /// has_room() must hold (asserted).
  PacketBuffer take(std::size_t size) {
    assert(has_room(size));
    const MutableBytes room = MutableBytes{memory_}.subspan(taken_, room_for(size));
    taken_ += room.size();
    return PacketBuffer::over(room, PacketBuffer::head_room, size);
  }
  /// Where packet number `index` of the next ones will lie if all of them have `size` bytes: what is put there is there after
  /// take(). There must be room for all of them (asserted).
  MutableBytes ahead(std::size_t index, std::size_t size) {
    assert(has_room(size, index + 1));
    return MutableBytes{memory_}.subspan(taken_ + index * room_for(size) + PacketBuffer::head_room,
                                         size);
  }
  /// Every packet that was taken ends here.
  void clear() { taken_ = 0; }

 private:
  std::vector<std::uint8_t> memory_;
  std::size_t taken_ = 0;
};

}  // namespace culvert
