// Markup: packet data in HTML and SVG. Whatever a packet holds, it comes out as text: it closes no element, opens none, and
// hides no character that a document may not have.
#pragma once

#include <string>
#include <string_view>

namespace culvert::inspect {

/// Appends `text` with &, <, >, " and ' as references, so that it may stand in an element or in a quoted attribute. Control
/// characters and bytes that are no UTF-8 become U+FFFD.
void append_escaped(std::string& out, std::string_view text);
std::string escaped(std::string_view text);

}  // namespace culvert::inspect
