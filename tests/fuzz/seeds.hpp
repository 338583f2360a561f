// First inputs for every target: packets written in hex (corpus/*.hex) and random sound ones, each from the outermost
// header and from every header inside it, so that each parser meets its own.
#pragma once

#include <filesystem>
#include <vector>

#include "base/bytes.hpp"

namespace culvert::fuzz {

std::vector<std::vector<std::uint8_t>> seeds(const std::filesystem::path& corpus);

}  // namespace culvert::fuzz
