// What makes a shell complete tundump's command line. It is written at build time, from tundump's own --help.
#pragma once

#include <string_view>

namespace culvert::tundump {

enum class Shell { bash, fish, zsh };

/// A script that this shell reads.
std::string_view completion_for(Shell shell);

}  // namespace culvert::tundump
