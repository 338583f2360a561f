#include "cli/colour.hpp"

#include <unistd.h>

#include <cstdlib>
#include <string_view>

namespace culvert::cli {
namespace {
std::string_view environment(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr ? value : "";
}
}  // namespace

bool use_colour(ColourChoice choice, int file_descriptor) {
  if (choice != ColourChoice::automatic) return choice == ColourChoice::always;
  return environment("NO_COLOR").empty() && environment("TERM") != "dumb" &&
         ::isatty(file_descriptor) == 1;
}

}  // namespace culvert::cli
