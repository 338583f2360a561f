#include "offload/landing.hpp"

namespace culvert::offload {
namespace {

constexpr std::size_t max_packet = 65535 + 40;

/// Two trains of datagrams and the memory that they lie in, for two batches: what a core's own cache holds.
constexpr std::size_t batch = 256 * 1024;

/// Smaller shares would be more pieces than reading them is worth.
constexpr std::size_t least_share = 1024;

}  // namespace

Landing::Landing(Frames frames, Cutting cutting)
    : frames_(frames),
      cutting_(cutting),
      pool_(batch + max_packet + 64 * (PacketBuffer::head_room + PacketBuffer::tail_room)),
      copied_(batch),
      rest_(max_packet) {
  places_.reserve(max_places);
}

bool Landing::has_room() const {
  if (!foretold_) return pool_.has_room(max_packet);
  return pool_.has_room(foretold_->headers + foretold_->share, shares_);
}

// [tag: places]
std::span<const MutableBytes> Landing::places() {
  places_.clear();
  if (frames_ == Frames::with_virtio_headers) places_.push_back(virtio_);
  if (!foretold_) {
    places_.push_back(pool_.ahead(0, max_packet));
    return places_;
  }
  const auto& [headers, share] = *foretold_;
  places_.push_back(pool_.ahead(0, headers + share));
  for (std::size_t i = 1; i < shares_; ++i)
    places_.push_back(pool_.ahead(i, headers + share).last(share));
  places_.push_back(rest_);
  return places_;
}
// [end: places]

// [tag: take]
std::size_t Landing::take(std::size_t size) {
  super_.reset();
  header_ = {};
  size_ = size;
  if (frames_ == Frames::with_virtio_headers) {
    const auto header = VirtioHeader::parse(virtio_);
    if (!header || size <= VirtioHeader::size) return 0;
    header_ = *header;
    size_ -= VirtioHeader::size;
  }
  const Bytes begin = first_place().first(std::min(size_, first_place().size()));
  super_ = SuperPacket::parse(header_, begin, size_);
  return super_ ? take_super_packet() : take_packet();
}

std::size_t Landing::take_packet() {
  in_place_ = size_ <= first_place().size() ? 1 : 0;
  shares_ = std::max<std::size_t>(shares_ - 1, 1);
  return checksum_lies_inside(header_, size_) ? 1 : 0;
}

std::size_t Landing::take_super_packet() {
  const Cut cut{super_->headers().size(), super_->segment_size()};
  const std::size_t count = super_->count();
  in_place_ = cut == foretold_ ? std::min(count, shares_) : 0;
  if (cutting_ == Cutting::in_place && cut.share >= least_share) {
    foretold_ = cut;
    shares_ = std::max(count, shares_ - 1);  // an acknowledgment between two of them changes little
  }
  return count;
}
// [end: take]

bool Landing::has_room_for(std::size_t index) const {
  return index < in_place_ || copied_.has_room(packet_size(index));
}

// [tag: packet]
PacketBuffer Landing::packet(std::size_t index) {
  const bool in_place = index < in_place_;
  PacketBuffer packet = (in_place ? pool_ : copied_).take(packet_size(index));
  if (!in_place) {
    const std::size_t from = super_ ? super_->payload_begin(index) : 0;
    const std::size_t size = super_ ? super_->payload_size(index) : size_;
    copy(from, packet.bytes().last(size));
    ++copies_;
  }
  if (super_)
    write_headers(*super_, index, packet.bytes());
  else
    complete_checksum(header_, packet.bytes());
  return packet;
}
// [end: packet]

/// The frame's bytes from number `from` on, out of all the places that they were read to.
void Landing::copy(std::size_t from, MutableBytes to) const {
  for (std::size_t i = frames_ == Frames::bare_packets ? 0 : 1; !to.empty(); ++i) {
    const Bytes place = places_[i];
    if (from < place.size()) {
      const Bytes share = place.subspan(from, std::min(to.size(), place.size() - from));
      copy_bytes(share, to.first(share.size()));
      to = to.subspan(share.size());
    }
    from -= std::min(from, place.size());
  }
}

void Landing::clear() {
  pool_.clear();
  copied_.clear();
}

}  // namespace culvert::offload
