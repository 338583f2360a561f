#include "shell/change.hpp"

#include <sstream>

namespace culvert::shell {
namespace {

bool needs_quotes(const std::string& word) {
  constexpr auto harmless =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+=./:,@%";
  return word.empty() || word.find_first_not_of(harmless) != std::string::npos;
}

/// Single quotes keep everything as it is but a single quote.
std::string quoted(const std::string& word) {
  if (!needs_quotes(word)) return word;
  std::string out = "'";
  for (const char c : word) out += c == '\'' ? "'\\''" : std::string(1, c);
  return out + "'";
}

}  // namespace

Command command(const std::string& line, std::string input) {
  Command out{{}, std::move(input)};
  std::istringstream words{line};
  for (std::string word; words >> word;) out.words.push_back(word);
  return out;
}

std::string to_shell(const Command& command) {
  std::string line;
  for (const std::string& word : command.words) {
    if (!line.empty()) line += ' ';
    line += quoted(word);
  }
  if (command.input.empty()) return line;
  const bool whole_lines = command.input.back() == '\n';
  return line + " <<'END'\n" + command.input + (whole_lines ? "END" : "\nEND");
}

void append(Plan& first, const Plan& next) { first.insert(first.end(), next.begin(), next.end()); }

}  // namespace culvert::shell
