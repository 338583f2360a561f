#include "messages.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <string_view>

namespace culvert::tundump {

void say(const std::string& message) { fmt::print(stderr, "tundump: {}\n", message); }

std::string count_of(std::uint64_t packets) {
  return fmt::format("{} packet{}", packets, packets == 1 ? "" : "s");
}

namespace {

bool is_plain(std::string_view word) {
  constexpr std::string_view others = "-_=./:,+@%^";
  return !word.empty() && std::all_of(word.begin(), word.end(), [&](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           others.find(c) != std::string_view::npos;
  });
}

std::string quoted(std::string_view word) {
  std::string text = "'";
  for (const char c : word) text += c == '\'' ? std::string{"'\\''"} : std::string{c};
  return text + "'";
}

}  // namespace

std::string typed(int argc, char** argv) {
  std::string line = "tundump";
  for (int i = 1; i < argc; ++i) {
    const std::string_view word = argv[i];
    line += " " + (is_plain(word) ? std::string{word} : quoted(word));
  }
  return line;
}

}  // namespace culvert::tundump
