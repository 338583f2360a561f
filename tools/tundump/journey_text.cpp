#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "inspect/changes.hpp"
#include "journeys.hpp"
#include "messages.hpp"
#include "wire/icmp.hpp"
#include "wire/ipv4.hpp"

namespace culvert::tundump {
namespace {

constexpr std::uint32_t usual_mtu = 1500;

wire::Packet walk(const Appearance& appearance) {
  return wire::Packet::walk(appearance.head, wire::LinkType::raw_ip, appearance.size);
}

/// "+61 µs", "+12.4 ms", since the packet was first seen.
std::string delay(const Journey& journey, const Appearance& station) {
  if (!station.time || !journey.stations.front().time) return "";
  const auto microseconds = (*station.time - *journey.stations.front().time).count() / 1000;
  if (microseconds < 10000) return fmt::format("+{} µs", microseconds);
  return fmt::format("+{}.{} ms", microseconds / 1000, microseconds / 100 % 10);
}

/// What a journey came to.
struct Ending {
  bool arrived = false;
  std::string words;  // of a loss: where and, if there is a sign, why
};

class Story {
 public:
  Story(const Journeys& all, bool with_changes)
      : places_(all.places()), journeys_(all.journeys()), with_changes_(with_changes) {
    for (const std::string& place : places_) width_ = std::max(width_, place.size());
  }

  std::string text(std::uint64_t left_out) {
    for (std::size_t i = 0; i < journeys_.size(); ++i) journey(i);
    summary(left_out);
    return std::move(out_);
  }

 private:
  void journey(std::size_t i);
  void step(const Appearance& before, const Appearance& after);
  void tunnel_step(const Appearance& before, const Appearance& after);
  void summary(std::uint64_t left_out);
  Ending ending(const Journey& journey) const;
  std::size_t last_place(const Journey& journey) const;
  bool answered_from(const Appearance& last) const;
  std::string cause(const Journey& journey, std::size_t next) const;
  const Appearance* error_about(const Appearance& lost) const;

  template <class... Values>
  void line(std::string_view mark, fmt::format_string<Values...> words, Values&&... values) {
    out_ += "  " + std::string(width_, ' ') + "  ";
    out_ += mark;
    fmt::format_to(std::back_inserter(out_), words, std::forward<Values>(values)...);
    out_ += '\n';
  }

  const std::vector<std::string>& places_;
  const std::vector<Journey> journeys_;
  bool with_changes_;
  std::size_t width_ = 0;
  std::string out_;
  std::size_t arrived_ = 0;
  std::size_t ambiguous_ = 0;
  std::vector<std::pair<std::string, std::size_t>> lost_;  // after which place, how many
};

/// Whoever starts at the first place travels to the last one, and the other way round.
std::size_t Story::last_place(const Journey& journey) const {
  const std::size_t begin = journey.stations.front().place;
  const std::size_t end = journey.stations.back().place;
  const bool outward = begin == end ? begin == 0 : begin < end;
  return outward ? places_.size() - 1 : 0;
}

/// Somebody at the last place spoke to whom the packet came from: so that was where it wanted to go.
bool Story::answered_from(const Appearance& last) const {
  return std::any_of(journeys_.begin(), journeys_.end(), [&](const Journey& each) {
    const Appearance& first = each.stations.front();
    return first.place == last.place && first.source == last.destination &&
           first.destination == last.source;
  });
}

/// An ICMP error that quotes the packet: the machine's own word on why it was dropped.
const Appearance* Story::error_about(const Appearance& lost) const {
  for (const Journey& each : journeys_) {
    for (const Appearance& station : each.stations) {
      const auto packet = walk(station);
      const auto icmp = packet.get<wire::IcmpView>();
      if (!icmp || !icmp->is_error()) continue;
      const Bytes quoted = icmp->payload();
      const bool same =
          quoted.size() >= 20 && lost.head.size() >= 20 &&
          std::equal(quoted.begin() + 4, quoted.begin() + 6, lost.head.begin() + 4) &&
          std::equal(quoted.begin() + 16, quoted.begin() + 20, lost.head.begin() + 16);
      if (same) return &station;
    }
  }
  return nullptr;
}

std::string Story::cause(const Journey& journey, std::size_t next) const {
  const Appearance& last = journey.stations.back();
  if (const Appearance* error = error_about(last)) return "Somebody said why: " + error->line;
  const auto ip = walk(last).get<wire::Ipv4View>();
  if (ip && ip->ttl() <= 1) return "Its time to live had run out.";
  for (const Journey& other : journeys_) {
    for (const Appearance& station : other.stations) {
      const bool tunnel = station.place == next && station.overhead > 0 && last.overhead == 0;
      const std::size_t needed = last.size + station.overhead;
      if (!tunnel || needed <= usual_mtu) continue;
      return fmt::format("{} + {} = {} bytes do not fit into the path's {}.", last.size,
                         station.overhead, needed, usual_mtu);
    }
  }
  return "No sign of why.";
}

Ending Story::ending(const Journey& journey) const {
  const Appearance& last = journey.stations.back();
  const std::size_t goal = last_place(journey);
  if (last.place == goal || answered_from(last)) return {true, {}};
  const std::size_t next = goal > last.place ? last.place + 1 : last.place - 1;
  return {false, fmt::format("never seen at {}. {}", places_[next], cause(journey, next))};
}

void Story::journey(std::size_t i) {
  const Journey& journey = journeys_[i];
  const Appearance& first = journey.stations.front();
  fmt::format_to(std::back_inserter(out_), "packet {}, {} bytes\n", i + 1, first.size);
  for (std::size_t s = 0; s < journey.stations.size(); ++s) {
    const Appearance& station = journey.stations[s];
    if (s > 0) step(journey.stations[s - 1], station);
    fmt::format_to(std::back_inserter(out_), "  {:<{}}  {:<10}{}{}\n", places_[station.place],
                   width_, delay(journey, station), station.line,
                   station.remark.empty() ? "" : "  [" + station.remark + "]");
  }
  const Ending end = ending(journey);
  if (journey.ambiguous) {
    ++ambiguous_;
    line("?  ", "ambiguous: equal packets were seen more often at one place than at another");
  } else if (end.arrived) {
    ++arrived_;
  } else {
    line("✗  ", "{}", end.words);
    const std::string& place = places_[journey.stations.back().place];
    const auto known = std::find_if(lost_.begin(), lost_.end(),
                                    [&](const auto& each) { return each.first == place; });
    if (known == lost_.end())
      lost_.emplace_back(place, 1);
    else
      ++known->second;
  }
  out_ += '\n';
}

void Story::tunnel_step(const Appearance& before, const Appearance& after) {
  const bool encrypted =
      (before.overhead > 0 ? before : after).around.find("WireGuard") != std::string::npos;
  if (before.overhead == 0 && after.overhead > 0)
    line("│  ", "{}: +{} bytes ({})", encrypted ? "encapsulated and encrypted" : "encapsulated",
         after.overhead, after.around);
  if (before.overhead > 0 && after.overhead == 0)
    line("│  ", "{}: -{} bytes", encrypted ? "decrypted and taken out" : "taken out",
         before.overhead);
}

void Story::step(const Appearance& before, const Appearance& after) {
  if (!with_changes_) return;
  tunnel_step(before, after);
  const auto changes = inspect::changes(walk(before), walk(after));
  if (before.head == after.head) line("│  ", "not one byte of the {} differs", before.size);
  for (const inspect::Change& each : changes) {
    line("│  ", "{:<15}{} -> {}{}", each.name, each.before, each.after,
         each.why.empty() ? "" : "   " + each.why);
  }
}

void Story::summary(std::uint64_t left_out) {
  out_ += fmt::format("{}, {} complete", count_of(journeys_.size()), arrived_);
  for (const auto& [place, count] : lost_) out_ += fmt::format(", {} lost after {}", count, place);
  if (ambiguous_ > 0) out_ += fmt::format(", {} ambiguous", ambiguous_);
  out_ += ".";
  if (left_out > 0) out_ += fmt::format(" {} without IP left out.", count_of(left_out));
  out_ += '\n';
}

}  // namespace

std::string Journeys::text(bool with_changes) const {
  return Story{*this, with_changes}.text(left_out_);
}

}  // namespace culvert::tundump
