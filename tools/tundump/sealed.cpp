#include "sealed.hpp"

#include <algorithm>
#include <map>

namespace culvert::tundump {
namespace {

constexpr std::size_t in_flight = 64;  // so many packets of one size are looked at for a datagram

bool is_sealed(const Journey& journey) { return journey.stations.front()->room > 0; }

std::uint32_t padded(std::uint32_t size) { return (size + 15) / 16 * 16; }

bool outward(std::size_t from, std::size_t to) { return from < to; }

class Joiner {
 public:
  Joiner(std::vector<Journey>& journeys, JoinedStations& joined)
      : journeys_(journeys), joined_(joined), used_(journeys.size()) {}

  /// First the datagrams with their packet on both sides, which tell who sends which way; then those whose packet was lost.
  void join() {
    pass(&Joiner::behind_on_both_sides);
    pass(&Joiner::behind_on_one_side);
    std::size_t i = 0;
    std::erase_if(journeys_, [&](const Journey& each) {
      const bool used = used_[i++];
      return is_sealed(each) && (used || !each.stations.front()->asked);
    });
  }

 private:
  using Candidates = std::deque<std::size_t>;  // oldest first
  using Station = std::optional<std::size_t>;  // the one behind which the datagram belongs

  void pass(Station (Joiner::*place)(const Journey&, const Journey&) const) {
    std::map<std::uint32_t, std::deque<std::size_t>>
        waiting;  // packets by their size, oldest first
    for (std::size_t i = 0; i < journeys_.size(); ++i) {
      const Journey& journey = journeys_[i];
      if (used_[i] || journey.ambiguous) continue;
      if (!is_sealed(journey)) {
        auto& queue = waiting[padded(journey.stations.front()->size)];
        queue.push_back(i);
        if (queue.size() > in_flight) queue.pop_front();
        continue;
      }
      match(i, waiting[journey.stations.front()->room], place);
    }
  }

  /// The oldest that fits, as tunnels keep the order. Of packets that were lost it is the youngest: others of them were lost
  /// before they became a datagram.
  void match(std::size_t sealed, const Candidates& candidates,
             Station (Joiner::*place)(const Journey&, const Journey&) const) {
    const bool lost = place == &Joiner::behind_on_one_side;
    for (std::size_t i = 0; i < candidates.size(); ++i) {
      const std::size_t candidate = candidates[lost ? candidates.size() - 1 - i : i];
      if (used_[candidate]) continue;
      const Station behind = (this->*place)(journeys_[candidate], journeys_[sealed]);
      if (!behind) continue;
      insert(candidate, *behind, journeys_[sealed]);
      used_[candidate] = used_[sealed] = true;
      return;
    }
  }

  Station behind_on_both_sides(const Journey& packet, const Journey& sealed) const {
    const Appearance& first = *sealed.stations.front();
    const Appearance& last = *sealed.stations.back();
    for (std::size_t i = 0; i + 1 < packet.stations.size(); ++i) {
      const Appearance& before = *packet.stations[i];
      const Appearance& after = *packet.stations[i + 1];
      const bool way = outward(before.place, after.place);
      const bool between = before.time <= first.time && last.time <= after.time &&
                           before.place != first.place && last.place != after.place &&
                           outward(before.place, first.place) == way &&
                           outward(last.place, after.place) == way;
      if (between) return i;
    }
    return std::nullopt;
  }

  Station behind_on_one_side(const Journey& packet, const Journey& sealed) const {
    const Appearance& first = *sealed.stations.front();
    const Appearance& before = *packet.stations.back();
    const auto way = ways_.find({first.source, first.destination});
    const bool fits = way != ways_.end() && before.place != first.place &&
                      before.time <= first.time &&
                      outward(before.place, first.place) == way->second;
    return fits ? Station{packet.stations.size() - 1} : std::nullopt;
  }

  void insert(std::size_t packet, std::size_t behind, const Journey& sealed) {
    auto& stations = journeys_[packet].stations;
    const Appearance& twin = *stations[behind];
    const Appearance& first = *sealed.stations.front();
    ways_.emplace(std::pair{first.source, first.destination}, outward(twin.place, first.place));
    auto at = stations.begin() + static_cast<std::ptrdiff_t>(behind) + 1;
    for (const Appearance* each : sealed.stations)
      at = stations.insert(at, station(*each, twin)) + 1;
  }

  /// The datagram as if it had been opened, and had the packet inside.
  const Appearance* station(const Appearance& datagram, const Appearance& twin) {
    Appearance& station = joined_.stations.emplace_back(datagram);
    const auto outer = wire::Packet::walk(datagram.head, wire::LinkType::raw_ip, datagram.size);
    auto [text, overhead] = around(outer, twin.size);
    station.around = *joined_.words.insert(std::move(text)).first;
    station.overhead = overhead;
    station.size = twin.size;
    station.head = twin.head;
    station.source = twin.source;
    station.destination = twin.destination;
    std::string remark = "by size and order, not proved";
    if (!datagram.remark.empty()) remark.append(", ").append(datagram.remark);
    station.remark = *joined_.words.insert(std::move(remark)).first;
    return &station;
  }

  std::vector<Journey>& journeys_;
  JoinedStations& joined_;
  std::vector<bool> used_;
  std::map<std::pair<IpAddress, IpAddress>, bool>
      ways_;  // of datagrams from one to another: outward?
};

}  // namespace

void join_sealed(std::vector<Journey>& journeys, JoinedStations& joined) {
  Joiner{journeys, joined}.join();
}

}  // namespace culvert::tundump
