// StoryText: a packet's story for the terminal, a line for each place, below it what changed on the way there.
#pragma once

#include <string>
#include <vector>

#include "inspect/story.hpp"

namespace culvert::inspect {

/// Appends the story of one packet and an empty line. `places` are the names to which stations refer.
void append_story(std::string& out, const Story& story, const std::vector<std::string>& places);

}  // namespace culvert::inspect
