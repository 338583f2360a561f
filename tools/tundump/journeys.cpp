#include "journeys.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "inspect/identity.hpp"
#include "inspect/names.hpp"
#include "inspect/one_line.hpp"
#include "wire/ipv4.hpp"
#include "wire/ipv6.hpp"

namespace culvert::tundump {
namespace {

using wire::Layer;

constexpr std::size_t kept = 192;  // headers, and the beginning of the data

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

/// The headers between the first IP header and the inner packet, in words, and their sum.
void describe_tunnel(Appearance& appearance, const wire::Packet& outer, std::size_t inner_size) {
  std::size_t sum = 0;
  const wire::LayerAt* first = nullptr;
  for (const wire::LayerAt& at : outer.layers()) {
    const bool ip = at.layer == Layer::ipv4 || at.layer == Layer::ipv6;
    if (ip && first != nullptr) break;
    if (ip) first = &at;
    if (first == nullptr) continue;
    if (at.layer == Layer::payload) break;
    const std::size_t size = at.layer == Layer::wireguard ? 16 : at.header_length;
    appearance.around +=
        fmt::format("{}{} {}", sum == 0 ? "" : ", ", size, inspect::title(at.layer));
    sum += size;
  }
  if (first == nullptr) return;
  appearance.overhead = first->length - inner_size;
  if (outer.find(Layer::wireguard) == nullptr) return;
  appearance.around += ", 16 tag";
  if (appearance.overhead > sum + 16)
    appearance.around += fmt::format(", {} padding", appearance.overhead - sum - 16);
}

}  // namespace

void Journeys::add(const capture::CapturedPacket& captured, const wire::Packet& packet,
                   const Inside& inside, std::size_t place) {
  const capture::CapturedPacket inner =
      inside.packet ? *inside.packet : without_link(captured, packet);
  const auto walked = wire::Packet::walk(inner.bytes, wire::LinkType::raw_ip, inner.wire_length);
  const auto identity = inspect::identity(walked);
  const auto addresses = addresses_of(walked);
  if (!identity || !addresses) {
    ++left_out_;
    return;
  }
  Appearance appearance{.place = place,
                        .time = captured.time,
                        .line = inspect::one_line(packet),
                        .remark = inside.remark,
                        .size = inner.wire_length,
                        .source = addresses->source,
                        .destination = addresses->destination};
  if (inside.packet) describe_tunnel(appearance, packet, inner.wire_length);
  const Bytes head = inner.bytes.first(std::min(inner.bytes.size(), kept));
  appearance.head.assign(head.begin(), head.end());
  const auto [known, fresh] = known_.try_emplace(*identity, appearances_.size());
  if (fresh) appearances_.emplace_back();
  appearances_[known->second].push_back(std::move(appearance));
}

/// Equal packets at one place are different packets (a retransmission, a duplicate): the first there belongs to the first
/// elsewhere, the second to the second. Where the numbers differ, which one is missing cannot be told.
std::vector<Journey> Journeys::journeys() const {
  std::vector<Journey> all;
  for (const auto& equal : appearances_) {
    std::vector<std::size_t> seen(places_.size());
    const std::size_t first = all.size();
    for (const Appearance& each : equal) {
      const std::size_t which = seen[each.place]++;
      if (first + which >= all.size()) all.emplace_back();
      all[first + which].stations.push_back(each);
    }
    const auto most = *std::max_element(seen.begin(), seen.end());
    for (const std::size_t count : seen) {
      if (most == 1 || count == 0 || count == most) continue;
      for (std::size_t i = first; i < all.size(); ++i) all[i].ambiguous = true;
    }
  }
  std::stable_sort(all.begin(), all.end(), [](const Journey& a, const Journey& b) {
    return a.stations.front().time < b.stations.front().time;
  });
  return all;
}

}  // namespace culvert::tundump
