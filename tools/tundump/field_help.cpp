#include "field_help.hpp"

#include <fmt/format.h>

#include <iterator>

#include "cli/run_program.hpp"
#include "inspect/columns.hpp"
#include "inspect/field_catalogue.hpp"

namespace culvert::tundump {

std::string list_of_fields(const std::string& layer) {
  std::string out;
  const auto add = [&](std::string_view name, std::string_view label) {
    const bool wanted = layer.empty() || name.substr(0, name.find('.')) == layer;
    if (wanted) fmt::format_to(std::back_inserter(out), "{:<26}{}\n", name, label);
  };
  for (const auto& each : inspect::envelope_fields) add(each.name, each.label);
  for (const auto& each : inspect::field_catalogue()) add(each.name, each.label);
  if (out.empty())
    throw cli::UsageError(fmt::format("--list-fields: there is no layer '{}'", layer));
  return out;
}

std::string explained_field(const std::string& name) {
  const auto* field = inspect::find_field(name);
  if (field == nullptr) {
    throw cli::UsageError(
        fmt::format("--explain-field: there is no field '{}'; --list-fields names them all", name));
  }
  return inspect::explain_field(*field);
}

}  // namespace culvert::tundump
