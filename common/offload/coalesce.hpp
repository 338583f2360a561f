// Coalesce: packets of one batch in, as few super-packets as possible out (GRO). The kernel's TCP takes a super-packet for
// little more than the price of one packet. No payload is copied: a frame is a list of pieces, each where it lay.
// On a packet's way: engine -> Coalescer -> TUN device.
#pragma once

#include <array>
#include <vector>

#include "offload/join.hpp"
#include "offload/virtio_header.hpp"

namespace culvert::offload {

/// What the kernel said it takes uncut.
struct Joinable {
  bool tcp = true;
  bool udp = true;
};

class Coalescer {
 public:
  /// More pieces would not fit into one system call's list with some to spare.
  static constexpr std::size_t max_pieces = 128;

  explicit Coalescer(Joinable joinable) : joinable_(joinable) {}

  /// The next packet of the batch; its bytes must stay where they are until clear().
  /// The order within a flow is kept: a packet joins the flow's last frame or begins a new one behind it.
  void add(Bytes packet);

  /// How many frames the batch became.
  std::size_t frames() const { return frames_.size(); }
  /// Frame number `index`: the header to write before it, and its pieces, in order. Both stay until the next call.
  struct Frame {
    VirtioHeader header;
    std::span<const Bytes> pieces;
  };
  Frame frame(std::size_t index);

  void clear();

 private:
  static constexpr std::uint32_t none = ~0u;
  struct Piece {
    Bytes bytes;
    std::uint32_t next = none;
  };
  struct Building {
    std::uint32_t first_piece;
    std::uint32_t last_piece;
    std::optional<Train> train;  // none if the packet has to stay alone
  };

  bool may_join(const Candidate& packet) const {
    return packet.is_tcp ? joinable_.tcp : joinable_.udp;
  }
  bool join(std::uint32_t frame, const Candidate& next);
  std::uint32_t add_piece(Bytes bytes);

  Joinable joinable_;
  std::vector<Piece> pieces_;
  std::vector<Building> frames_;
  std::vector<Bytes> gathered_;
  std::array<std::uint8_t, 60 + 60> headers_{};  // of the frame asked for last
  std::array<std::uint32_t, 256> last_frame_of_flow_ =
      filled();  // by hash; who comes last has the place
  static constexpr std::array<std::uint32_t, 256> filled() {
    std::array<std::uint32_t, 256> table{};
    table.fill(none);
    return table;
  }
};

}  // namespace culvert::offload
