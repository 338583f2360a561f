// Page: packets' stories as one HTML file: a lane for each place, the packet as a stack of its layers, what changed on its way,
// and every byte named on demand. It needs no script, asks nobody for anything, and its text is all a screen reader needs.
#pragma once

#include <string>
#include <vector>

#include "inspect/imprint.hpp"
#include "inspect/legend.hpp"
#include "inspect/story.hpp"

namespace culvert::inspect {

class Page {
 public:
  explicit Page(std::vector<std::string> places) : places_(std::move(places)) {}

  void add(const Story& story);
  /// The whole file. It is well-formed XML, too.
  std::string html(const Imprint& imprint) const;

 private:
  std::vector<std::string> places_;
  std::string articles_;
  Legend legend_;
};

}  // namespace culvert::inspect
