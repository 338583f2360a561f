#include "inspect/drawing.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <vector>

#include "inspect/field_catalogue.hpp"
#include "inspect/fields.hpp"
#include "inspect/names.hpp"

namespace culvert::inspect {
namespace {

using wire::LayerAt;
using wire::Packet;

constexpr std::size_t row_bits = 32;
constexpr std::string_view ruler =
    "     0                   1                   2                   3\n"
    "     0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1\n";

struct Box {
  std::size_t begin;  // in bits of the header
  std::size_t size;
  std::string label;
  std::string value;
  std::size_t end() const { return begin + size; }
};

/// "5 words" to "5", "17 UDP" to "UDP" where there is room: the longest text that fits is taken.
std::string fitting(const std::string& text, std::size_t width) {
  if (text.size() <= width) return text;
  const std::string first = text.substr(0, text.find(' '));
  return first.size() <= width ? first : first.substr(0, width);
}

std::string centred(const std::string& text, std::size_t width) {
  const std::string shown = fitting(text, width);
  const std::size_t left = (width - shown.size()) / 2;
  return std::string(left, ' ') + shown + std::string(width - shown.size() - left, ' ');
}

std::vector<Box> boxes_of(const Packet& packet, std::size_t layer) {
  const LayerAt& at = packet.layers()[layer];
  std::vector<Box> boxes;
  for (const Row& row : fields(packet, layer)) {
    const FieldInfo* info = find_field(key(at.layer), row.name);
    const auto place = info == nullptr ? std::nullopt : place_of(*info, packet, at);
    if (!place) continue;
    const bool flag = place->size == 1;
    boxes.push_back(
        {place->begin, place->size, std::string{row.label},
         flag ? (row.value == "yes" || row.value == "response" ? "1" : "0") : row.value});
  }
  std::sort(boxes.begin(), boxes.end(),
            [](const Box& a, const Box& b) { return a.begin < b.begin; });
  return boxes;
}

/// Bits that no field claims become boxes without a name, up to the header's end.
std::vector<Box> without_gaps(std::vector<Box> boxes, std::size_t bits) {
  std::vector<Box> all;
  std::size_t end = 0;
  for (Box& box : boxes) {
    if (box.begin < end) continue;  // "flags" over single flags: the first one keeps its place
    if (box.begin > end) all.push_back({end, box.begin - end, "", ""});
    end = box.end();
    all.push_back(std::move(box));
  }
  if (end < bits) all.push_back({end, bits - end, end % row_bits == 0 ? "options" : "", ""});
  return all;
}

class Picture {
 public:
  Picture(std::string& out, std::vector<Box> boxes) : out_(out), boxes_(std::move(boxes)) {}

  void write() {
    const std::size_t bits = boxes_.back().end();
    out_ += ruler;
    for (std::size_t row = 0; row < bits; row += row_bits) {
      border(row);
      text(row, [](const Box& box) { return box.label; });
      text(row, [](const Box& box) { return box.value; });
    }
    border(bits);
  }

 private:
  const Box* box_at(std::size_t bit) const {
    for (const Box& box : boxes_) {
      if (bit >= box.begin && bit < box.end()) return &box;
    }
    return nullptr;
  }

  /// The line above the row that begins with `row`: open where a box goes on from the row before.
  void border(std::size_t row) {
    out_ += "    ";
    for (std::size_t column = 0; column <= row_bits; ++column) {
      const bool corner = column == 0 || column == row_bits || edge(row, column) ||
                          (row >= row_bits && edge(row - row_bits, column));
      out_ += corner ? '+' : goes_on(row, column) ? ' ' : '-';
      if (column < row_bits) out_ += goes_on(row, column) ? ' ' : '-';
    }
    out_ += '\n';
  }

  bool edge(std::size_t row, std::size_t column) const {
    return box_at(row + column) != box_at(row + column - 1);
  }
  bool goes_on(std::size_t row, std::size_t column) const {
    const Box* here = box_at(row + column);
    return row >= row_bits && here != nullptr && here == box_at(row + column - row_bits);
  }

  template <class Text>
  void text(std::size_t row, Text text_of) {
    out_ += "    |";
    for (std::size_t column = 0; column < row_bits;) {
      const Box* box = box_at(row + column);
      std::size_t end = column + 1;
      while (end < row_bits && box_at(row + end) == box) ++end;
      const std::size_t width = (end - column) * 2 - 1;
      const bool here = box != nullptr && widest_row(*box) == row;
      out_ += centred(here ? text_of(*box) : "", width);
      out_ += '|';
      column = end;
    }
    out_ += '\n';
  }

  /// A box over several rows is written in the row where it has most room, the middle one of equals.
  static std::size_t widest_row(const Box& box) {
    const std::size_t first = box.begin / row_bits * row_bits;
    const std::size_t last = (box.end() - 1) / row_bits * row_bits;
    const auto width = [&](std::size_t row) {
      return std::min(box.end(), row + row_bits) - std::max(box.begin, row);
    };
    std::size_t best = first + (last - first) / row_bits / 2 * row_bits;
    for (std::size_t row = first; row <= last; row += row_bits) {
      if (width(row) > width(best)) best = row;
    }
    return best;
  }

  std::string& out_;
  std::vector<Box> boxes_;
};

}  // namespace

void append_drawing(std::string& out, const Packet& packet) {
  for (std::size_t i = 0; i < packet.layers().size(); ++i) {
    const LayerAt& at = packet.layers()[i];
    const std::size_t size = at.layer == wire::Layer::payload ? at.length : at.header_length;
    fmt::format_to(std::back_inserter(out), "{}, {} bytes from byte {}\n", title(at.layer), size,
                   at.offset);
    const auto boxes = boxes_of(packet, i);
    if (!boxes.empty()) Picture{out, without_gaps(boxes, size * 8)}.write();
  }
}

}  // namespace culvert::inspect
