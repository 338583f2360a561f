// Telling: makes a story of each journey: what happened between its stations, how it ended and, if it was lost, why.
#pragma once

#include <map>
#include <set>
#include <string>
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

  void look_over(const Journey& journey);
  inspect::Station station(const Journey& journey, std::size_t index) const;
  void decide_end(inspect::Story& story, const Journey& journey) const;
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

  std::size_t complete_ = 0;
  std::size_t ambiguous_ = 0;
  std::vector<std::pair<std::string, std::size_t>> lost_;  // after which place, how many
};

}  // namespace culvert::tundump
