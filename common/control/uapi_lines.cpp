#include "control/uapi_lines.hpp"

namespace culvert::control {

std::optional<UapiLine> next_line(std::string_view& text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  const std::string_view line = text.substr(0, end);
  if (line.empty()) return std::nullopt;
  text.remove_prefix(std::min(end + 1, text.size()));
  const std::size_t equals = line.find('=');
  if (equals == std::string_view::npos) return UapiLine{line, {}};
  return UapiLine{line.substr(0, equals), line.substr(equals + 1)};
}

}  // namespace culvert::control
