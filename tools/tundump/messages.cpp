#include "messages.hpp"

#include <fmt/format.h>

#include <cstdio>

namespace culvert::tundump {

void say(const std::string& message) { fmt::print(stderr, "tundump: {}\n", message); }

std::string count_of(std::uint64_t packets) {
  return fmt::format("{} packet{}", packets, packets == 1 ? "" : "s");
}

}  // namespace culvert::tundump
