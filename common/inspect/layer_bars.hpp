// LayerBars: a packet as a stack of its layers, each with its letter and its bytes: what page and lanes draw.
#pragma once

#include <string>
#include <vector>

#include "inspect/story.hpp"

namespace culvert::inspect {

struct LayerBar {
  char letter = '?';
  std::string_view title = {};
  std::size_t offset = 0;  // from the packet's first byte, as it was on the wire
  std::size_t size = 0;    // of its header, or of the data
  bool sealed = false;     // opened with a key: on the wire it could not be read
};

/// Outermost first. What a key opened stands in the place of the encrypted data, with padding and tag behind it.
std::vector<LayerBar> layer_bars(const Station& station);

}  // namespace culvert::inspect
