#include "support/exercise/packet_difference.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

namespace culvert::exercise {
namespace {

constexpr std::size_t row_size = 8;
constexpr std::size_t shown_differences = 8;

bool differs_at(const PacketDifference& difference, std::size_t byte) {
  const bool in_expected = byte < difference.expected.size();
  const bool in_yours = byte < difference.yours.size();
  return in_expected != in_yours ||
         (in_yours && difference.expected[byte] != difference.yours[byte]);
}

std::size_t longest(const PacketDifference& difference) {
  return std::max(difference.expected.size(), difference.yours.size());
}

bool long_field_differs(const PacketDifference& difference, const HeaderField& field) {
  for (std::size_t byte = field.first_byte(); byte <= field.last_byte(); ++byte) {
    if (differs_at(difference, byte)) return true;
  }
  return false;
}

bool row_differs(const PacketDifference& difference, std::size_t row) {
  for (std::size_t byte = row; byte < row + row_size; ++byte) {
    if (byte < longest(difference) && differs_at(difference, byte)) return true;
  }
  return false;
}

/// The first rows are the headers and always shown; of the rest, those with a difference and their neighbours.
bool is_shown(const PacketDifference& difference, std::size_t row) {
  return row < 24 || row_differs(difference, row) || row_differs(difference, row + row_size) ||
         row_differs(difference, row - row_size);
}

std::string hex_row(Bytes bytes, std::size_t row) {
  std::string out;
  for (std::size_t byte = row; byte < row + row_size; ++byte) {
    out += byte < bytes.size() ? fmt::format("{:02x} ", bytes[byte]) : "   ";
  }
  return out;
}

std::string marks(const PacketDifference& difference, std::size_t row) {
  std::string out;
  for (std::size_t byte = row; byte < row + row_size; ++byte) {
    out += byte < longest(difference) && differs_at(difference, byte) ? "^^ " : "   ";
  }
  return out;
}

std::string without_blanks_at_end(std::string line) {
  line.erase(line.find_last_not_of(' ') + 1);
  return line + "\n";
}

}  // namespace

bool PacketDifference::any() const {
  return !std::equal(expected.begin(), expected.end(), yours.begin(), yours.end());
}

std::vector<HeaderField> PacketDifference::differing() const {
  std::vector<HeaderField> out;
  for (const HeaderField& field : header_fields(kind, expected)) {
    if (field.bits <= 64 ? value_of(field, expected) != value_of(field, yours)
                         : long_field_differs(*this, field)) {
      out.push_back(field);
    }
  }
  return out;
}

std::string named_differences(const PacketDifference& difference) {
  std::string out;
  if (difference.expected.size() != difference.yours.size()) {
    out += fmt::format("the length: yours {} bytes, expected {}\n", difference.yours.size(),
                       difference.expected.size());
  }
  const auto fields = difference.differing();
  for (const HeaderField& field : fields) {
    if (std::count(out.begin(), out.end(), '\n') > static_cast<long>(shown_differences))
      return out + "...\n";
    out += fmt::format("{}, {}, {}: yours {}, expected {}\n", field.header, place_of(field),
                       field.name, text_of(field, difference.yours),
                       text_of(field, difference.expected));
  }
  return out;
}

std::string field_table(const PacketDifference& difference) {
  std::set<std::string_view> headers;
  for (const HeaderField& field : difference.differing()) headers.insert(field.header);

  std::string out = without_blanks_at_end(fmt::format("{:<24} {:<18} {:<18} {}", "field",
                                                      difference.before.empty() ? "" : "before",
                                                      "expected", "yours"));
  for (const HeaderField& field : header_fields(difference.kind, difference.expected)) {
    if (!headers.contains(field.header) || field.name == "data" || field.name == "bytes") continue;
    const std::string expected = text_of(field, difference.expected);
    const std::string yours = text_of(field, difference.yours);
    const std::string before = difference.before.empty() ? "" : text_of(field, difference.before);
    out += without_blanks_at_end(fmt::format("{:<24} {:<18} {:<18} {}{}", field.name, before,
                                             expected, yours, expected == yours ? "" : "  <--"));
  }
  return out;
}

std::string byte_table(const PacketDifference& difference) {
  std::string out = fmt::format("{:>5}  {:<24} {:<24} {}\n", "byte",
                                difference.before.empty() ? "" : "before", "expected", "yours");
  bool left_out = false;
  for (std::size_t row = 0; row < longest(difference); row += row_size) {
    if (!is_shown(difference, row)) {
      left_out = true;
      continue;
    }
    if (std::exchange(left_out, false)) out += "       ...\n";
    out += without_blanks_at_end(
        fmt::format("{:>5}  {} {} {}", row, hex_row(difference.before, row),
                    hex_row(difference.expected, row), hex_row(difference.yours, row)));
    if (row_differs(difference, row)) {
      out += without_blanks_at_end(
          fmt::format("{:>5}  {:<24} {:<24} {}", "", "", "", marks(difference, row)));
    }
  }
  return left_out ? out + "       ...\n" : out;
}

}  // namespace culvert::exercise
