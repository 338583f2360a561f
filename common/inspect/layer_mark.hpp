// LayerMark: the letter and the colour by which --bytes tells layers apart: the letter says the same without colour.
#pragma once

#include <string_view>

#include "wire/parse_error.hpp"

namespace culvert::inspect {

/// 'i' for IPv4 and IPv6, 'd' for data.
char letter(wire::Layer layer);
/// An escape sequence for a terminal.
std::string_view layer_colour(wire::Layer layer);

}  // namespace culvert::inspect
