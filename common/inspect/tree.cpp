#include "inspect/tree.hpp"

#include <fmt/format.h>

#include <iterator>

#include "inspect/explain.hpp"
#include "inspect/fields.hpp"
#include "inspect/names.hpp"
#include "inspect/one_line.hpp"

namespace culvert::inspect {
namespace {

void append_row(std::string& out, const Row& row, std::string_view layer_key,
                const Palette& palette) {
  std::string value = row.value;
  if (!row.remark.empty()) {
    if (!value.empty()) value += "  ";
    value += row.remark;
  }
  fmt::format_to(std::back_inserter(out), "  {:<18}{}{:<34}{}  {}{}.{}{}\n", row.label,
                 row.alarming ? palette.warning : std::string_view{}, value,
                 row.alarming ? palette.reset : std::string_view{}, palette.dim, layer_key,
                 row.name, palette.reset);
}

/// Behind the row that was appended last.
void append_explanation(std::string& out, const Row& row, const wire::Packet& packet,
                        std::size_t layer) {
  const std::size_t name = key(packet.layers()[layer].layer).size() + 1 + row.name.size();
  out.pop_back();  // the line end
  out.append(name < 22 ? 24 - name : 2, ' ');
  out += explain(row, packet, layer);
  out += '\n';
}

}  // namespace

void append_tree(std::string& out, const wire::Packet& packet, const Palette& palette,
                 Explanations explanations) {
  for (std::size_t i = 0; i < packet.layers().size(); ++i) {
    const wire::LayerAt& at = packet.layers()[i];
    const std::size_t size = at.layer == wire::Layer::payload ? at.length : at.header_length;
    const std::string range = size == 0
                                  ? fmt::format("at byte {}", at.offset)
                                  : fmt::format("bytes {}-{}", at.offset, at.offset + size - 1);
    fmt::format_to(std::back_inserter(out), "{}{:<54}{}  {}\n", palette.protocol, title(at.layer),
                   palette.reset, range);
    for (const Row& row : fields(packet, i)) {
      append_row(out, row, key(at.layer), palette);
      if (explanations == Explanations::behind_each_field) append_explanation(out, row, packet, i);
    }
    if (packet.error() && packet.error_layer() == i) {
      out += palette.warning;
      out += "  ! ";
      append_line(out, *packet.error());
      out += palette.reset;
      out += '\n';
    }
  }
}

}  // namespace culvert::inspect
