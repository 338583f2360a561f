#include "offload/coalesce.hpp"

#include "wire/checksum.hpp"
#include "wire/tcp.hpp"

namespace culvert::offload {
namespace {

using namespace wire;

std::size_t hash(std::size_t seed, Bytes words) {
  for (std::size_t i = 0; i + 4 <= words.size(); i += 4)
    seed = (seed ^ load_be32(words.subspan(i).first<4>())) * 0x9e3779b97f4a7c15u;
  return seed;
}

std::size_t slot_of(const Candidate& packet) {
  return hash(hash(packet.is_tcp, packet.flow()), packet.ports()) >> 56;
}

Segmentation segmentation_of(const Candidate& packet) {
  if (!packet.is_tcp) return Segmentation::udp;
  return packet.is_v4() ? Segmentation::tcp_v4 : Segmentation::tcp_v6;
}

void edit_ip(const Train& train, MutableBytes ip) {
  if (!train.first.is_v4()) {
    const std::size_t length = train.size - train.first.ip_header_length;
    return store_be16(ip.subspan<4, 2>(), static_cast<std::uint16_t>(length));
  }
  store_be16(ip.subspan<2, 2>(), static_cast<std::uint16_t>(train.size));
  store_be16(ip.subspan<10, 2>(), 0);
  store_be16(ip.subspan<10, 2>(), internet_checksum(ip));
}

/// The checksum's field gets the sum of the pseudo header, from which the kernel goes on.
void edit_segment(const Train& train, MutableBytes segment) {
  const Candidate& first = train.first;
  const auto length = static_cast<std::uint16_t>(train.size - first.ip_header_length);
  const auto protocol = static_cast<std::uint16_t>(first.is_tcp ? Protocol::tcp : Protocol::udp);
  const std::uint16_t pseudo =
      ones_complement_sum(first.flow(), add_ones_complement(protocol, length));
  if (first.is_tcp) {
    segment[13] = static_cast<std::uint8_t>(segment[13] | train.pushing);
    store_be16(segment.subspan<16, 2>(), pseudo);
  } else {
    store_be16(segment.subspan<4, 2>(), length);
    store_be16(segment.subspan<6, 2>(), pseudo);
  }
}

VirtioHeader header_of(const Train& train) {
  const Candidate& first = train.first;
  return {.needs_checksum = true,
          .segmentation = segmentation_of(first),
          .ecn = first.is_tcp && (first.flags() & TcpView::cwr) != 0,
          .header_length = static_cast<std::uint16_t>(first.header_length),
          .segment_size = static_cast<std::uint16_t>(first.payload().size()),
          .checksum_start = static_cast<std::uint16_t>(first.ip_header_length),
          .checksum_offset = static_cast<std::uint16_t>(first.is_tcp ? 16 : 6)};
}

}  // namespace

// [tag: add]
void Coalescer::add(Bytes packet) {
  std::optional<Candidate> candidate = Candidate::parse(packet);
  if (candidate && !may_join(*candidate)) candidate.reset();
  std::uint32_t& last = last_frame_of_flow_[candidate ? slot_of(*candidate) : 0];
  if (candidate && last != none && join(last, *candidate)) return;

  const std::uint32_t piece = add_piece(packet);
  frames_.push_back({piece, piece, std::nullopt});
  if (!candidate) return;
  frames_.back().train.emplace(*candidate);
  last = static_cast<std::uint32_t>(frames_.size() - 1);
}
// [end: add]

/// A broken packet stays alone: only so does the kernel find it broken.
bool Coalescer::join(std::uint32_t frame, const Candidate& next) {
  Building& building = frames_[frame];
  Train& train = *building.train;
  if (train.count == max_pieces || !continues(train, next) || !next.is_sound()) return false;
  if (train.count == 1 && !train.first.is_sound()) return false;
  train.add(next);
  const std::uint32_t piece = add_piece(next.payload());
  pieces_[building.last_piece].next = piece;
  building.last_piece = piece;
  return true;
}

std::uint32_t Coalescer::add_piece(Bytes bytes) {
  pieces_.push_back({bytes, none});
  return static_cast<std::uint32_t>(pieces_.size() - 1);
}

Coalescer::Frame Coalescer::frame(std::size_t index) {
  const Building& building = frames_[index];
  gathered_.clear();
  if (building.first_piece == building.last_piece) {
    gathered_.push_back(pieces_[building.first_piece].bytes);
    return {{}, gathered_};
  }
  const Train& train = *building.train;
  const MutableBytes headers = MutableBytes{headers_}.first(train.first.header_length);
  copy_bytes(train.first.headers(), headers);
  edit_ip(train, headers.first(train.first.ip_header_length));
  edit_segment(train, headers.subspan(train.first.ip_header_length));

  gathered_.push_back(headers);
  gathered_.push_back(train.first.payload());
  for (auto at = pieces_[building.first_piece].next; at != none; at = pieces_[at].next)
    gathered_.push_back(pieces_[at].bytes);
  return {header_of(train), gathered_};
}

void Coalescer::clear() {
  if (frames_.empty()) return;  // as after most wake-ups in one direction or the other
  pieces_.clear();
  frames_.clear();
  last_frame_of_flow_ = filled();
}

}  // namespace culvert::offload
