// StoryText: a packet's story for the terminal, a line for each place, below it what changed on the way there.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "inspect/story.hpp"

namespace culvert::inspect {

/// How many characters a text of UTF-8 has, not bytes: a µ is one of them.
std::size_t character_count(std::string_view text);

/// Appends the story of one packet and an empty line. `places` are the names to which stations refer.
void append_story(std::string& out, const Story& story, const std::vector<std::string>& places);

}  // namespace culvert::inspect
