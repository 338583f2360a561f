#include "telling.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "messages.hpp"
#include "wire/icmp.hpp"
#include "wire/ipv4.hpp"
#include "wire/tcp.hpp"

namespace culvert::tundump {
namespace {

using inspect::Fate;

constexpr std::size_t usual_mtu = 1500;

wire::Packet walk(const Appearance& appearance) {
  return wire::Packet::walk(appearance.head, wire::LinkType::raw_ip, appearance.size);
}

/// The packet's identification and its destination, as far as `ip` has them.
std::optional<std::pair<std::uint16_t, std::uint32_t>> name_of(Bytes ip) {
  if (ip.size() < 20) return std::nullopt;
  return std::pair{load_be16(ip.subspan<4, 2>()), load_be32(ip.subspan<16, 4>())};
}

/// What entered or left a tunnel between two places, in words.
std::optional<std::string> tunnel_step(const Appearance& before, const Appearance& after) {
  const Appearance& inside = before.overhead > 0 ? before : after;
  const bool encrypted = inside.around.find("WireGuard") != std::string_view::npos;
  if (before.overhead == 0 && after.overhead > 0)
    return fmt::format("{}: +{} bytes ({})",
                       encrypted ? "encapsulated and encrypted" : "encapsulated", after.overhead,
                       after.around);
  if (before.overhead > 0 && after.overhead == 0)
    return fmt::format("{}: -{} bytes", encrypted ? "decrypted and taken out" : "taken out",
                       before.overhead);
  return std::nullopt;
}

/// No packet turns round between two places: then their clocks differ.
bool is_back_and_forth(const std::vector<inspect::Station>& stations) {
  const auto place = &inspect::Station::place;
  return !std::ranges::is_sorted(stations, std::less{}, place) &&
         !std::ranges::is_sorted(stations, std::greater{}, place);
}

}  // namespace

std::string duration_text(Duration duration) {
  const auto microseconds = duration.count() / 1000;
  if (microseconds < 10'000) return std::to_string(microseconds) + " µs";
  if (microseconds < 10'000'000)
    return fmt::format("{}.{} ms", microseconds / 1000, microseconds / 100 % 10);
  return fmt::format("{}.{} s", microseconds / 1'000'000, microseconds / 100'000 % 10);
}

Telling::Telling(const std::vector<Journey>& journeys, const std::vector<std::string>& places,
                 bool with_changes)
    : journeys_(journeys),
      places_(places),
      with_changes_(with_changes),
      spoke_(places.size()),
      overhead_(places.size()) {
  for (const Journey& journey : journeys) look_over(journey);
}

void Telling::look_over(const Journey& journey) {
  const Appearance& first = *journey.stations.front();
  ++looked_over_;
  look_for_fragment(first);
  look_for_repetition(first);
  spoke_[first.place].emplace(first.source, first.destination);
  for (const Appearance* station : journey.stations) {
    overhead_[station->place] = std::max(overhead_[station->place], station->overhead);
    const auto packet = walk(*station);
    const auto icmp = packet.get<wire::IcmpView>();
    if (!icmp || !icmp->is_error()) continue;
    if (const auto name = name_of(icmp->payload())) errors_.try_emplace(*name, station);
  }
}

/// Remembers a packet that was a fragment where it was first seen.
void Telling::look_for_fragment(const Appearance& first) {
  const auto ip = walk(first).get<wire::Ipv4View>();
  if (ip && ip->is_fragment())
    fragments_[{ip->identification(), first.place}].push_back(looked_over_);
}

/// TCP sends again what was not acknowledged, in a new packet: same ports, same numbers, same length.
void Telling::look_for_repetition(const Appearance& first) {
  const auto packet = walk(first);
  const wire::LayerAt* at = packet.transport();
  if (at == nullptr || at->layer != wire::Layer::tcp) return;
  const auto tcp = packet.view<wire::TcpView>(*at);
  const bool occupies = tcp && (at->length > at->header_length || tcp->has(wire::TcpView::syn));
  if (!occupies) return;
  const auto key = std::tuple{first.source,       first.destination,
                              tcp->source_port(), tcp->destination_port(),
                              tcp->sequence(),    at->length - at->header_length};
  const auto [known, fresh] = sent_.try_emplace(key, looked_over_);
  if (!fresh) sent_again_.emplace(looked_over_, known->second);
}

/// The fragments that a router on the way made of the packet, as the numbers of their own stories.
const std::vector<std::size_t>* Telling::fragments_of(const Appearance& last,
                                                      std::size_t next) const {
  const auto ip = walk(last).get<wire::Ipv4View>();
  if (!ip || ip->dont_fragment() || ip->is_fragment()) return nullptr;
  const auto found = fragments_.find({ip->identification(), next});
  return found == fragments_.end() ? nullptr : &found->second;
}

inspect::Story Telling::next() {
  const Journey& journey = journeys_[told_++];
  inspect::Story story{.number = told_, .size = journey.stations.front()->size};
  if (const auto first = sent_again_.find(told_); first != sent_again_.end())
    story.note = fmt::format("sent again: the same data as packet {}", first->second);
  for (std::size_t i = 0; i < journey.stations.size(); ++i)
    story.stations.push_back(station(journey, i));
  decide_end(story, journey);
  count(story);
  return story;
}

inspect::Station Telling::station(const Journey& journey, std::size_t index) const {
  const Appearance& here = *journey.stations[index];
  const auto since = [&](const Appearance& other) {
    return here.time && other.time ? duration_text(*here.time - *other.time) : std::string{};
  };
  inspect::Station station{
      .place = here.place, .line = std::string{here.line}, .remark = std::string{here.remark}};
  if (here.kept) {
    station.outside = here.kept->outside;
    station.inside = here.kept->inside;
  }
  if (const auto text = since(*journey.stations.front()); !text.empty()) station.delay = "+" + text;
  if (index == 0) return station;
  const Appearance& before = *journey.stations[index - 1];
  station.hop = since(before);
  if (!with_changes_) return station;
  if (auto step = tunnel_step(before, here)) station.sentences.push_back(std::move(*step));
  const bool guessed = here.room > 0 && here.overhead > 0;
  if (guessed) return station;  // what is inside was not seen
  if (std::ranges::equal(before.head, here.head))
    station.sentences.push_back(fmt::format("not one byte of the {} differs", before.size));
  else
    station.changes = inspect::changes(walk(before), walk(here));
  return station;
}

/// Whoever starts at the first place travels to the last one, and the other way round.
std::size_t Telling::last_place(const Journey& journey) const {
  const std::size_t begin = journey.stations.front()->place;
  const std::size_t end = journey.stations.back()->place;
  const bool outward = begin == end ? begin == 0 : begin < end;
  return outward ? places_.size() - 1 : 0;
}

/// Somebody at the last place spoke to whom the packet came from: so that was where it wanted to go.
bool Telling::answered_from(const Appearance& last) const {
  return spoke_[last.place].count({last.destination, last.source}) > 0;
}

/// An ICMP error that quotes the packet: the machine's own word on why it was dropped.
const Appearance* Telling::error_about(const Appearance& lost) const {
  const auto name = name_of(lost.head);
  const auto found = name ? errors_.find(*name) : errors_.end();
  return found == errors_.end() ? nullptr : found->second;
}

std::string Telling::cause(const Appearance& last, std::size_t next) const {
  if (const Appearance* error = error_about(last))
    return "Somebody said why: " + std::string{error->line};
  const auto ip = walk(last).get<wire::Ipv4View>();
  if (ip && ip->ttl() <= 1) return "Its time to live had run out.";
  const std::size_t needed = last.size + overhead_[next];
  if (last.overhead == 0 && overhead_[next] > 0 && needed > usual_mtu)
    return fmt::format("{} + {} = {} bytes do not fit into the path's {}.", last.size,
                       overhead_[next], needed, usual_mtu);
  return "No sign of why.";
}

void Telling::decide_end(inspect::Story& story, const Journey& journey) {
  if (journey.ambiguous) {
    story.fate = Fate::ambiguous;
    story.end = "ambiguous: equal packets were seen more often at one place than at another";
    return;
  }
  const Appearance& last = *journey.stations.back();
  const auto known = goals_.find(story.number);
  const std::size_t goal = known != goals_.end() ? known->second : last_place(journey);
  story.fate = Fate::complete;
  if (last.place == goal || answered_from(last)) return;
  const std::size_t next = goal > last.place ? last.place + 1 : last.place - 1;
  if (const auto* fragments = fragments_of(last, next)) {
    for (const std::size_t number : *fragments) goals_.emplace(number, goal);
    story.fate = Fate::cut;
    story.end =
        fmt::format("cut into fragments before {}: see {} {}", places_[next],
                    fragments->size() == 1 ? "packet" : "packets", fmt::join(*fragments, ", "));
    return;
  }
  story.fate = Fate::lost;
  story.missing = next;
  story.end = fmt::format("never seen at {}. {}", places_[next], cause(last, next));
}

void Telling::count(const inspect::Story& story) {
  if (is_back_and_forth(story.stations)) ++back_and_forth_;
  if (story.fate == Fate::complete) ++complete_;
  if (story.fate == Fate::ambiguous) ++ambiguous_;
  if (story.fate == Fate::cut) ++cut_;
  if (story.fate != Fate::lost) return;
  const std::string& place = places_[story.stations.back().place];
  const auto known = std::find_if(lost_.begin(), lost_.end(),
                                  [&](const auto& each) { return each.first == place; });
  if (known == lost_.end())
    lost_.emplace_back(place, 1);
  else
    ++known->second;
}

std::string Telling::summary() const {
  std::string text = fmt::format("{}, {} complete", count_of(told_), complete_);
  for (const auto& [place, count] : lost_) text += fmt::format(", {} lost after {}", count, place);
  if (cut_ > 0) text += fmt::format(", {} cut into fragments", cut_);
  if (ambiguous_ > 0) text += fmt::format(", {} ambiguous", ambiguous_);
  text += ".";
  if (back_and_forth_ > 0)
    text += fmt::format(" Clocks: as if {} turned round on the way, so those of the places differ.",
                        count_of(back_and_forth_));
  return text;
}

}  // namespace culvert::tundump
