#include "inspect/legend.hpp"

#include <algorithm>

#include "inspect/layer_bars.hpp"

namespace culvert::inspect {

void Legend::add(const Story& story) {
  for (const Station& station : story.stations) {
    for (const LayerBar& bar : layer_bars(station)) add(bar.letter, bar.title);
  }
}

void Legend::add(char letter, std::string_view title) {
  const auto known = std::find_if(letters_.begin(), letters_.end(),
                                  [&](const auto& each) { return each.first == letter; });
  if (known == letters_.end()) {
    letters_.emplace_back(letter, title);
    return;
  }
  const std::string others = ", " + known->second + ",";
  const bool listed = others.find(", " + std::string{title} + ",") != std::string::npos;
  if (!listed) known->second += ", " + std::string{title};
}

}  // namespace culvert::inspect
