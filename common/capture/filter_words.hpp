// FilterWords: the words of the filter language, and which of them a misspelt one may have been meant to be.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace culvert::capture {

/// Words that one slip of the hand turns into this one: a letter too many, too few, wrong, or two of them swapped.
std::vector<std::string> meant_perhaps(std::string_view word);

}  // namespace culvert::capture
