// FieldHelp: --list-fields and --explain-field.
#pragma once

#include <string>

namespace culvert::tundump {

/// Name and label of each field, of one layer or, with an empty name, of all. Throws cli::UsageError for an unknown layer.
std::string list_of_fields(const std::string& layer);
/// Throws cli::UsageError for an unknown field.
std::string explained_field(const std::string& name);

}  // namespace culvert::tundump
