// Telling: makes a story of each journey: what happened between its stations, how it ended and, if it was lost, why.
#pragma once

#include <map>
#include <set>
#include <string>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "inspect/story.hpp"
#include "journeys.hpp"

namespace culvert::tundump {

class Telling {
 public:
  /// Looks over all journeys first: one packet's fate can show in another. `with_changes` is --diff.
  Telling(const std::vector<Journey>& journeys, const std::vector<std::string>& places,
          bool with_changes);

  std::size_t size() const { return journeys_.size(); }
  /// Each of them once, in their order: they are counted for the summary.
  inspect::Story next();
  /// "2 packets, 1 complete, 1 lost after client."
  std::string summary() const;

 private:
  using Pair = std::pair<IpAddress, IpAddress>;

  /// The conversation, the sequence number and the length of what TCP carries.
  using Segment =
      std::tuple<IpAddress, IpAddress, std::uint16_t, std::uint16_t, std::uint32_t, std::uint32_t>;

  void look_over(const Journey& journey);
  void look_for_fragment(const Appearance& first);
  void look_for_repetition(const Appearance& first);
  const std::vector<std::size_t>* fragments_of(const Appearance& last, std::size_t next) const;
  inspect::Station station(const Journey& journey, std::size_t index) const;
  void decide_end(inspect::Story& story, const Journey& journey);
  void count(const inspect::Story& story);
  std::size_t last_place(const Journey& journey) const;
  bool answered_from(const Appearance& last) const;
  std::string cause(const Appearance& last, std::size_t next) const;
  const Appearance* error_about(const Appearance& lost) const;

  const std::vector<Journey>& journeys_;
  const std::vector<std::string>& places_;
  bool with_changes_;
  std::size_t told_ = 0;

  std::vector<std::set<Pair>> spoke_;  // at each place: who sent first from there, to whom
  std::vector<std::size_t> overhead_;  // at each place: of the tunnel there, in bytes
  std::map<std::pair<std::uint16_t, std::uint32_t>, const Appearance*>
      errors_;  // by identification and destination of the packet that an ICMP error quotes

  std::size_t looked_over_ = 0;
  std::map<std::pair<std::uint16_t, std::size_t>, std::vector<std::size_t>>
      fragments_;  // by identification and the place of their first appearance
  std::unordered_map<std::size_t, std::size_t> goals_;  // of fragments: where the whole one went to
  std::map<Segment, std::size_t> sent_;
  std::unordered_map<std::size_t, std::size_t> sent_again_;  // packet, and which one it repeats

  std::size_t complete_ = 0;
  std::size_t cut_ = 0;
  std::size_t ambiguous_ = 0;
  std::size_t back_and_forth_ = 0;
  std::vector<std::pair<std::string, std::size_t>> lost_;  // after which place, how many
};

}  // namespace culvert::tundump
