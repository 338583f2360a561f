// Legend: which letters occur in the stories of a page or a picture, and what each stands for.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "inspect/story.hpp"

namespace culvert::inspect {

class Legend {
 public:
  void add(const Story& story);
  /// 'i' and "IPv4": in the order of their first occurrence. Where kinds share a letter, their names share an entry.
  const std::vector<std::pair<char, std::string>>& letters() const { return letters_; }

 private:
  void add(char letter, std::string_view title);

  std::vector<std::pair<char, std::string>> letters_;
};

}  // namespace culvert::inspect
