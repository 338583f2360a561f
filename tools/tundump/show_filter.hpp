// ShowFilter: -d, -dd, -ddd print the compiled filter and capture nothing.
#pragma once

#include <string>

#include "options.hpp"

namespace culvert::tundump {

/// Compiled for the link type of -y, of the first file or device named, or else of Ethernet. Throws cli::UsageError if the
/// filter is wrong.
std::string compiled_filter(const Options& options);

}  // namespace culvert::tundump
