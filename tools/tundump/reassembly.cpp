#include "reassembly.hpp"

#include <algorithm>

#include "wire/checksum.hpp"
#include "wire/ipv4.hpp"
#include "wire/ipv6.hpp"

namespace culvert::tundump {
namespace {

using wire::Layer;

constexpr std::uint16_t raw_ip = 101;
constexpr std::size_t own_size = 256;  // about what a fragment costs besides its bytes

std::size_t cost(const capture::CapturedPacket& packet) { return packet.bytes.size() + own_size; }

/// The first IP header.
const wire::LayerAt* outermost_ip(const wire::Packet& packet) {
  const auto layers = packet.layers();
  const auto found = std::find_if(layers.begin(), layers.end(), [](const wire::LayerAt& at) {
    return at.layer == Layer::ipv4 || at.layer == Layer::ipv6;
  });
  return found == layers.end() ? nullptr : &*found;
}

/// Says that nothing of it travels alone: the length of the whole, no flags, no offset, and a checksum that fits.
void mend_ipv4(MutableBytes packet, std::size_t header_length) {
  store_be16(packet.subspan<2, 2>(), static_cast<std::uint16_t>(packet.size()));
  store_be16(packet.subspan<6, 2>(), 0);
  store_be16(packet.subspan<10, 2>(), 0);
  store_be16(packet.subspan<10, 2>(), wire::internet_checksum(packet.first(header_length)));
}

void mend_ipv6(MutableBytes packet, wire::Protocol next_header) {
  store_be16(packet.subspan<4, 2>(),
             static_cast<std::uint16_t>(packet.size() - wire::Ipv6View::header_size));
  packet[6] = static_cast<std::uint8_t>(next_header);
}

}  // namespace

OwnedPacket::OwnedPacket(const capture::CapturedPacket& captured, std::vector<std::uint8_t> bytes)
    : captured_(captured), bytes_(std::move(bytes)) {
  captured_.device = captured_.comment = {};  // nobody says how long these last
}

capture::CapturedPacket OwnedPacket::packet() const {
  capture::CapturedPacket packet = captured_;
  packet.bytes = bytes_;
  return packet;
}

/// What a fragment says of itself.
struct Reassembly::Piece {
  IpAddress from, to;
  std::uint32_t identification = 0;
  wire::Protocol protocol{};
  std::size_t offset = 0;  // bytes, of its data in the whole
  bool more = false;
  Bytes header;  // that the whole needs, too
  Bytes data;
  std::size_t data_length = 0;  // on the wire

  std::size_t end() const { return offset + data_length; }
};

std::optional<Reassembly::Piece> Reassembly::piece_of(const wire::Packet& packet) {
  const wire::LayerAt* ip = outermost_ip(packet);
  if (ip == nullptr || ip->fault != wire::Fault::none) return std::nullopt;
  if (const auto view = packet.view<wire::Ipv4View>(*ip); ip->layer == Layer::ipv4 && view) {
    if (!view->is_fragment()) return std::nullopt;
    return Piece{.from = view->source(),
                 .to = view->destination(),
                 .identification = view->identification(),
                 .protocol = view->protocol(),
                 .offset = view->fragment_offset(),
                 .more = view->more_fragments(),
                 .header = view->header(),
                 .data = packet.body_of(*ip),
                 .data_length = ip->length - ip->header_length};
  }
  const wire::LayerAt* fragment = ip + 1;  // nobody puts another header between the two
  const bool there = fragment != packet.layers().data() + packet.layers().size() &&
                     fragment->layer == Layer::ipv6_fragment;
  if (!there || fragment->fault != wire::Fault::none) return std::nullopt;
  const auto view = packet.view<wire::Ipv6View>(*ip);
  const auto cut = packet.view<wire::Ipv6FragmentView>(*fragment);
  if (!view || !cut) return std::nullopt;
  return Piece{.from = view->source(),
               .to = view->destination(),
               .identification = cut->identification(),
               .protocol = cut->next_header(),
               .offset = cut->fragment_offset(),
               .more = cut->more_fragments(),
               .header = packet.bytes_of(*ip).first(ip->header_length),
               .data = packet.body_of(*fragment),
               .data_length = fragment->length - fragment->header_length};
}

bool Reassembly::is_fragment(const wire::Packet& packet) { return piece_of(packet).has_value(); }

/// Pieces that overlap are no honest sender's (RFC 8200, section 4.5): only one that came twice may.
std::optional<OwnedPacket> Reassembly::put_together(const Fragments& fragments) {
  std::vector<Piece> pieces;
  for (const OwnedPacket& each : fragments.packets) {
    const auto captured = each.packet();
    pieces.push_back(*piece_of(wire::Packet::walk(
        captured.bytes, wire::LinkType{captured.link_type}, captured.wire_length)));
  }
  std::ranges::sort(pieces, {}, &Piece::offset);
  if (pieces.back().more) return std::nullopt;
  std::vector<std::uint8_t> bytes(pieces[0].header.begin(), pieces[0].header.end());
  std::size_t end = 0;
  for (const Piece& piece : pieces) {
    if (piece.end() == end && piece.offset < end) continue;
    if (piece.offset != end || piece.data.size() < piece.data_length) return std::nullopt;
    bytes.insert(bytes.end(), piece.data.begin(), piece.data.end());
    end = piece.end();
  }
  if (bytes.size() > 0xffff) return std::nullopt;
  if (pieces[0].from.is_v4())
    mend_ipv4(bytes, pieces[0].header.size());
  else
    mend_ipv6(bytes, pieces[0].protocol);
  capture::CapturedPacket whole = fragments.packets[0].packet();
  whole.link_type = raw_ip;
  whole.wire_length = static_cast<std::uint32_t>(bytes.size());
  return OwnedPacket{whole, std::move(bytes)};
}

std::vector<Fragments> Reassembly::add(const capture::CapturedPacket& captured,
                                       const wire::Packet& packet, std::size_t source) {
  std::vector<Fragments> done;
  const Piece piece = piece_of(packet).value();
  const Key key{source, piece.from, piece.to, piece.identification, piece.protocol};
  auto known = by_key_.find(key);
  if (known != by_key_.end()) {
    const Fragments& earlier = known->second->fragments;
    const auto since = earlier.packets[0].packet().time;
    const bool stale = captured.time && since && *captured.time - *since > patience;
    if (stale || earlier.packets.size() == most_fragments) {
      done.push_back(take(known->second));
      known = by_key_.end();
    }
  }
  if (known == by_key_.end()) {
    held_.push_back({key, {.source = source}});
    known = by_key_.emplace(key, std::prev(held_.end())).first;
  }
  known->second->fragments.packets.emplace_back(captured);
  held_bytes_ += cost(captured);
  if (auto whole = put_together(known->second->fragments)) {
    done.push_back(take(known->second));
    done.back().whole = std::move(whole);
  }
  while (held_bytes_ > most_bytes) done.push_back(take(held_.begin()));
  return done;
}

Fragments Reassembly::take(std::list<Held>::iterator held) {
  for (const OwnedPacket& each : held->fragments.packets) held_bytes_ -= cost(each.packet());
  Fragments fragments = std::move(held->fragments);
  by_key_.erase(held->key);
  held_.erase(held);
  return fragments;
}

std::vector<Fragments> Reassembly::rest() {
  std::vector<Fragments> all;
  while (!held_.empty()) all.push_back(take(held_.begin()));
  return all;
}

}  // namespace culvert::tundump
