// Lanes: packets' stories as one SVG picture: a lane for each place, a row for each packet, its layers as coloured lengths of
// bytes, arrows with delays, and below them what changed. For reports; the page holds the same and more.
#pragma once

#include <string>
#include <vector>

#include "inspect/imprint.hpp"
#include "inspect/legend.hpp"
#include "inspect/story.hpp"

namespace culvert::inspect {

class Lanes {
 public:
  explicit Lanes(std::vector<std::string> places);

  void add(const Story& story);
  /// The whole picture, with a description in words for those who do not see it.
  std::string svg(const Imprint& imprint) const;

 private:
  std::vector<std::string> places_;
  Legend legend_;
  std::string rows_;
  std::string description_;
  std::size_t bottom_;  // where the next row begins
};

}  // namespace culvert::inspect
