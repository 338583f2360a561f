#include "input_name.hpp"

#include <filesystem>

namespace culvert::tundump {
namespace {

InputName split_label(const std::string& text) {
  const auto equals = text.find('=');
  if (equals == std::string::npos || equals == 0)
    return {.label = {}, .name_space = {}, .name = text};
  return {.label = text.substr(0, equals), .name_space = {}, .name = text.substr(equals + 1)};
}

}  // namespace

InputName parse_file_name(const std::string& text) {
  if (std::filesystem::exists(text)) return {.label = {}, .name_space = {}, .name = text};
  return split_label(text);
}

InputName parse_device_name(const std::string& text) {
  InputName input = split_label(text);
  const auto slash = input.name.rfind('/');
  if (slash == std::string::npos) return input;
  input.name_space = input.name.substr(0, slash);
  input.name = input.name.substr(slash + 1);
  return input;
}

std::string full_name(const InputName& input) {
  if (!input.name_space.empty()) return input.name_space + "/" + input.name;
  return input.name == "-" ? "standard input" : input.name;
}

}  // namespace culvert::tundump
