#include "inspect/tree.hpp"

#include <algorithm>

#include "inspect/explain.hpp"
#include "inspect/fields.hpp"
#include "inspect/names.hpp"
#include "inspect/one_line.hpp"

namespace culvert::inspect {
namespace {

void append_row(std::string& out, const Row& row, std::string_view layer_key,
                const Palette& palette) {
  out += "  ";
  append_column(out, row.label, 18);
  if (row.alarming) out += palette.warning;
  const std::size_t value_at = out.size();
  out += row.value;
  if (!row.value.empty() && !row.remark.empty()) out += "  ";
  append_column(out, row.remark, 34 - std::min<std::size_t>(34, out.size() - value_at));
  if (row.alarming) out += palette.reset;
  out += "  ";
  out += palette.dim;
  out += layer_key;
  out += '.';
  out += row.name;
  out += palette.reset;
  out += '\n';
}

/// "IPv4 ...  bytes 14-33".
void append_heading(std::string& out, const wire::LayerAt& at, const Palette& palette) {
  out += palette.protocol;
  append_column(out, title(at.layer), 54);
  out += palette.reset;
  const std::size_t size = at.layer == wire::Layer::payload ? at.length : at.header_length;
  out += size == 0 ? "  at byte " : "  bytes ";
  append_decimal(out, at.offset);
  if (size != 0) {
    out += '-';
    append_decimal(out, at.offset + size - 1);
  }
  out += '\n';
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
    append_heading(out, at, palette);
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
