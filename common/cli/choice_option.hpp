// An option whose value is one of a few words: `--io simple`. Help and errors show the words, nothing else.
#pragma once

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "cli/run_program.hpp"

namespace culvert::cli {

/// The words that an option takes, and what they mean, in the order of the help text.
template <class Value>
using Choices = std::vector<std::pair<std::string, Value>>;

/// Stores into `value`, whose word the help text shows as the default.
template <class Value>
CLI::Option* add_choice(CLI::App& app, const std::string& option, Value& value,
                        const Choices<Value>& choices, const std::string& help) {
  std::vector<std::string> words;
  for (const auto& [word, _] : choices) words.push_back(word);
  const auto choose = [&value, choices, words, option](const std::string& said) {
    const auto chosen = std::ranges::find(choices, said, &Choices<Value>::value_type::first);
    if (chosen == choices.end())
      throw CLI::ValidationError(
          option, fmt::format("expected one of {}, found {}", fmt::join(words, ", "), said));
    value = chosen->second;
  };
  const auto usual = std::ranges::find(choices, value, &Choices<Value>::value_type::second);
  return app.add_option_function<std::string>(option, choose, help)
      ->type_name(fmt::format("MODE:{{{}}}", fmt::join(words, ",")))
      ->default_str(usual->first);
}

}  // namespace culvert::cli
