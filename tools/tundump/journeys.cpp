#include "journeys.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "inspect/identity.hpp"
#include "inspect/names.hpp"
#include "inspect/one_line.hpp"
#include "reassembly.hpp"
#include "wire/ipv4.hpp"
#include "wire/ipv6.hpp"
#include "wire/wireguard.hpp"

namespace culvert::tundump {
namespace {

using wire::Layer;

constexpr std::size_t head = 192;  // headers, and the beginning of the data

struct Addresses {
  IpAddress source, destination;
};

std::optional<Addresses> addresses_of(const wire::Packet& packet) {
  if (const auto ip = packet.get<wire::Ipv4View>())
    return Addresses{ip->source(), ip->destination()};
  if (const auto ip = packet.get<wire::Ipv6View>())
    return Addresses{ip->source(), ip->destination()};
  return std::nullopt;
}

/// For how many bytes an encrypted datagram has room, if it is one that nobody could open.
std::uint32_t room_of(const wire::Packet& packet, const Inside& inside) {
  const wire::LayerAt* at = packet.find(Layer::wireguard);
  const bool forged = inside.remark.starts_with("forged");
  if (at == nullptr || inside.packet || forged || at->length <= 32) return 0;
  if (Reassembly::is_fragment(packet)) return 0;  // it says less than half of what it holds
  const auto message = packet.view<wire::WireguardView>(*at);
  return message && message->type() == wire::WireguardView::data ? at->length - 32 : 0;
}

}  // namespace

/// The headers between the first IP header and the inner packet, in words, and their sum.
Around around(const wire::Packet& outer, std::size_t inner_size) {
  Around around;
  std::size_t sum = 0;
  const wire::LayerAt* first = nullptr;
  for (const wire::LayerAt& at : outer.layers()) {
    const bool ip = at.layer == Layer::ipv4 || at.layer == Layer::ipv6;
    if (ip && first != nullptr) break;
    if (ip) first = &at;
    if (first == nullptr) continue;
    if (at.layer == Layer::payload) break;
    const std::size_t size = at.layer == Layer::wireguard ? 16 : at.header_length;
    around.text += fmt::format("{}{} {}", sum == 0 ? "" : ", ", size, inspect::title(at.layer));
    sum += size;
  }
  if (first == nullptr) return {};
  around.overhead = first->length - inner_size;
  if (outer.find(Layer::wireguard) == nullptr) return around;
  around.text += ", 16 tag";
  if (around.overhead > sum + 16)
    around.text += fmt::format(", {} padding", around.overhead - sum - 16);
  return around;
}

inspect::KeptBytes kept(const capture::CapturedPacket& captured) {
  return {{captured.bytes.begin(), captured.bytes.end()},
          wire::LinkType{captured.link_type},
          captured.wire_length};
}

void Journeys::add(const capture::CapturedPacket& captured, const wire::Packet& packet,
                   const Inside& inside, std::size_t place) {
  keep(captured, packet, inside, place);
}

void Journeys::add_unasked(const capture::CapturedPacket& captured, const wire::Packet& packet,
                           const Inside& inside, std::size_t place) {
  if (room_of(packet, inside) == 0) return;
  if (Appearance* kept = keep(captured, packet, inside, place)) kept->asked = false;
}

/// A copy that lives as long as this object.
Bytes Journeys::stored(Bytes bytes) {
  auto* const copy = static_cast<std::uint8_t*>(memory_.allocate(bytes.size(), 1));
  std::ranges::copy(bytes, copy);
  return {copy, bytes.size()};
}

std::string_view Journeys::stored(std::string_view text) {
  const Bytes copy = stored(as_bytes(text));
  return {reinterpret_cast<const char*>(copy.data()), copy.size()};
}

/// Null if it is no IP packet.
Appearance* Journeys::keep(const capture::CapturedPacket& captured, const wire::Packet& packet,
                           const Inside& inside, std::size_t place) {
  const capture::CapturedPacket inner =
      inside.packet ? *inside.packet : without_link(captured, packet);
  const auto walked = wire::Packet::walk(inner.bytes, wire::LinkType::raw_ip, inner.wire_length);
  const auto identity = inspect::identity(walked);
  const auto addresses = addresses_of(walked);
  if (!identity || !addresses) {
    ++left_out_;
    return nullptr;
  }
  line_.clear();
  inspect::append_line(line_, packet);
  const Bytes beginning = inner.bytes.first(std::min(inner.bytes.size(), head));
  Appearance& appearance =
      appearances_.emplace_back(Appearance{.place = static_cast<std::uint32_t>(place),
                                           .size = inner.wire_length,
                                           .time = captured.time,
                                           .source = addresses->source,
                                           .destination = addresses->destination,
                                           .line = stored(line_),
                                           .remark = stored(inside.remark),
                                           .room = room_of(packet, inside),
                                           .head = stored(beginning)});
  if (inside.packet) {
    auto [text, overhead] = around(packet, inner.wire_length);
    appearance.around = *tunnels_.insert(std::move(text)).first;
    appearance.overhead = overhead;
  }
  const auto [known, fresh] = known_.try_emplace(*identity, equals_.size());
  if (fresh) equals_.emplace_back();
  chain(equals_[known->second], appearance);
  if (known->second >= pages_) return &appearance;
  const bool opened = inside.packet && packet.find(Layer::wireguard) != nullptr;
  appearance.kept = std::make_shared<Kept>(
      Kept{kept(captured), opened ? kept(*inside.packet) : inspect::KeptBytes{}});
  return &appearance;
}

void Journeys::chain(Equals& equals, Appearance& appearance) {
  (equals.first == nullptr ? equals.first : equals.last->next_equal) = &appearance;
  equals.last = &appearance;
}

/// They come so already, unless a datagram's fragments were waited for, or a file's clock went back.
void sort_by_time(std::vector<const Appearance*>& stations) {
  std::ranges::stable_sort(stations, {}, &Appearance::time);
}

/// Equal packets at one place are different packets (a retransmission, a duplicate): the first there belongs to the first
/// elsewhere, the second to the second. Where the numbers differ, which one is missing cannot be told.
std::vector<Journey> Journeys::journeys() const {
  std::vector<Journey> all;
  all.reserve(equals_.size());
  std::vector<std::size_t> seen;  // at each place
  for (const Equals& equals : equals_) {
    seen.assign(places_.size(), 0);
    const std::size_t first = all.size();
    for (const Appearance* each = equals.first; each != nullptr; each = each->next_equal) {
      const std::size_t which = seen[each->place]++;
      if (first + which >= all.size()) all.emplace_back().stations.reserve(places_.size());
      all[first + which].stations.push_back(each);
    }
    for (std::size_t i = first; i < all.size(); ++i) sort_by_time(all[i].stations);
    const auto most = *std::max_element(seen.begin(), seen.end());
    for (const std::size_t count : seen) {
      if (most == 1 || count == 0 || count == most) continue;
      for (std::size_t i = first; i < all.size(); ++i) all[i].ambiguous = true;
    }
  }
  std::stable_sort(all.begin(), all.end(), [](const Journey& a, const Journey& b) {
    return a.stations.front()->time < b.stations.front()->time;
  });
  return all;
}

}  // namespace culvert::tundump
