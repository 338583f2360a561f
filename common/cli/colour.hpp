// Colour: whether standard output should have it.
#pragma once

#include <string>

namespace culvert::cli {

enum class ColourChoice { automatic, always, never };

/// `automatic`: only on a terminal, not if NO_COLOR is set and not empty (no-color.org), not if TERM is "dumb".
bool use_colour(ColourChoice choice, int file_descriptor = 1);

}  // namespace culvert::cli
