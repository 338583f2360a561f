// PageStyle: colours and layout of page and lanes. The same colours for the same layers as in the terminal's --bytes, chosen so
// that text on them, and they on the ground, have the contrast of WCAG 2.2, level AA, in light and in dark.
#pragma once

#include <string_view>

namespace culvert::inspect {

/// Custom properties and layer classes: for both.
extern const std::string_view colour_style;
/// The rest of the page's.
extern const std::string_view page_style;
/// The rest of the picture's.
extern const std::string_view lanes_style;

}  // namespace culvert::inspect
