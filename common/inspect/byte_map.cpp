#include "inspect/byte_map.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "inspect/field_catalogue.hpp"
#include "inspect/fields.hpp"
#include "inspect/layer_mark.hpp"
#include "inspect/names.hpp"

namespace culvert::inspect {
namespace {

using wire::Layer;
using wire::LayerAt;
using wire::Packet;

constexpr std::size_t bytes_per_line = 16;
constexpr std::size_t bytes_quoted =
    8;  // of a longer field only so many are repeated beside its name
constexpr std::size_t hex_width = 56;
constexpr std::size_t notes_column =
    7 + hex_width + bytes_per_line + 2;  // behind offset, bytes, letters
constexpr std::size_t notes_width = 76;

std::string words_of(const Row& row) {
  std::string text{row.label};
  if (!row.value.empty()) text += ' ' + row.value;
  if (!row.remark.empty()) text += ' ' + row.remark;
  return text;
}

/// What stands behind the last field that has a name.
std::string rest_of(Layer layer) {
  if (layer == Layer::wireguard) return "random, or encrypted";
  const bool extension = layer == Layer::ipv6_hop_by_hop || layer == Layer::ipv6_destination;
  return extension ? "options" : "reserved";
}

std::size_t header_size(const LayerAt& at) {
  return at.layer == Layer::payload ? 0 : at.header_length;
}

/// The notes of one header: fields that share a byte share a note.
class HeaderNotes {
 public:
  HeaderNotes(const Packet& packet, std::size_t layer) : at_(packet.layers()[layer]) {
    for (const Row& row : fields(packet, layer)) {
      const FieldInfo* info = find_field(key(at_.layer), row.name);
      const auto place = info == nullptr ? std::nullopt : place_of(*info, packet, at_);
      if (place)
        add(place->begin / 8, (place->begin + place->size + 7) / 8, words_of(row));
      else
        homeless_ += (homeless_.empty() ? "" : ", ") + words_of(row);
    }
  }

  std::vector<ByteNote> take() {
    std::sort(notes_.begin(), notes_.end(),
              [](const ByteNote& a, const ByteNote& b) { return a.begin < b.begin; });
    fill_gaps();
    for (ByteNote& note : notes_) note.begin += at_.offset;
    return std::move(notes_);
  }

 private:
  void add(std::size_t begin, std::size_t end, std::string text) {
    for (ByteNote& note : notes_) {
      if (begin >= note.begin + note.size || end <= note.begin) continue;
      const std::size_t last = std::max(end, note.begin + note.size);
      note.begin = std::min(begin, note.begin);
      note.size = last - note.begin;
      note.text += ", " + text;
      return;
    }
    notes_.push_back({begin, end - begin, at_.layer, std::move(text)});
  }

  /// Bytes that no field has a fixed place in: options and names have them, in the last gap; other gaps are reserved.
  void fill_gaps() {
    std::vector<ByteNote> gaps;
    std::size_t end = 0;
    for (const ByteNote& note : notes_) {
      if (note.begin > end) gaps.push_back({end, note.begin - end, at_.layer, "reserved"});
      end = note.begin + note.size;
    }
    if (end < header_size(at_)) {
      gaps.push_back({end, header_size(at_) - end, at_.layer,
                      homeless_.empty() ? rest_of(at_.layer) : homeless_});
    }
    notes_.insert(notes_.end(), gaps.begin(), gaps.end());
    std::sort(notes_.begin(), notes_.end(),
              [](const ByteNote& a, const ByteNote& b) { return a.begin < b.begin; });
  }

  const LayerAt& at_;
  std::vector<ByteNote> notes_;
  std::string homeless_;
};

std::string quoted_bytes(Bytes bytes) {
  std::string text;
  for (std::size_t i = 0; i < std::min(bytes.size(), bytes_quoted); ++i)
    fmt::format_to(std::back_inserter(text), "{:02x} ", bytes[i]);
  if (bytes.size() > bytes_quoted) text += ".. ";
  return text;
}

/// The words beside one line of bytes, broken where they would become too wide.
std::vector<std::string> wrapped(const std::vector<std::string>& notes) {
  std::vector<std::string> lines;
  for (const std::string& note : notes) {
    const bool fits = !lines.empty() && lines.back().size() + note.size() + 3 <= notes_width;
    if (fits)
      lines.back() += " | " + note;
    else
      lines.push_back(note);
  }
  return lines;
}

class Dump {
 public:
  Dump(std::string& out, const Packet& packet, const Palette& palette)
      : out_(out), packet_(packet), palette_(palette), notes_(byte_notes(packet)) {}

  void write() {
    for (std::size_t at = 0; at < packet_.bytes().size(); at += bytes_per_line) line(at);
    legend();
  }

 private:
  const ByteNote* note_at(std::size_t byte) {
    while (current_ < notes_.size() && notes_[current_].begin + notes_[current_].size <= byte)
      ++current_;
    return current_ < notes_.size() && notes_[current_].begin <= byte ? &notes_[current_] : nullptr;
  }

  /// Colour on, or nothing where there are no colours.
  void colour(std::string_view sequence) {
    if (!palette_.reset.empty()) out_ += sequence;
  }

  void line(std::size_t at) {
    const Bytes bytes =
        packet_.bytes().subspan(at, std::min(bytes_per_line, packet_.bytes().size() - at));
    append_hex(out_, at, 4);
    out_ += ' ';
    const std::size_t width = hex(at, bytes);
    out_.append(width < hex_width ? hex_width - width : 1, ' ');
    append_printable(out_, bytes);
    out_.append(bytes_per_line - bytes.size() + 2, ' ');
    beside(at, bytes.size());
  }

  /// The bytes, with a letter where another layer begins. The result is their width on the terminal.
  std::size_t hex(std::size_t at, Bytes bytes) {
    std::size_t width = 0;
    char before = 0;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
      const ByteNote* note = note_at(at + i);
      const char mark = note != nullptr ? letter(note->layer) : '-';
      if (i == bytes_per_line / 2) {
        out_ += ' ';
        ++width;
      }
      if (mark != before) {
        out_ += i == 0 ? " " : "|";
        out_ += mark;
        colour(note != nullptr ? layer_colour(note->layer) : palette_.dim);
        width += 2;
      }
      before = mark;
      fmt::format_to(std::back_inserter(out_), " {:02x}", bytes[i]);
      width += 3;
      const bool changes = i + 1 == bytes.size() || mark_at(at + i + 1) != mark;
      if (changes) colour(palette_.reset);
    }
    return width;
  }

  char mark_at(std::size_t byte) {
    const ByteNote* note = note_at(byte);
    return note != nullptr ? letter(note->layer) : '-';
  }

  void beside(std::size_t at, std::size_t size) {
    std::vector<std::string> words;
    for (const ByteNote& note : notes_) {
      if (note.begin < at || note.begin >= at + size) continue;
      const Bytes bytes = packet_.bytes().subspan(note.begin, note.size);
      words.push_back(note.layer == Layer::payload ? note.text : quoted_bytes(bytes) + note.text);
    }
    const auto lines = wrapped(words);
    if (lines.empty()) {
      while (out_.back() == ' ') out_.pop_back();
      out_ += '\n';
    }
    for (std::size_t i = 0; i < lines.size(); ++i) {
      if (i > 0) out_.append(notes_column, ' ');
      out_ += lines[i] + '\n';
    }
  }

  void legend() {
    std::string seen;
    out_ += "      ";
    for (const LayerAt& at : packet_.layers()) {
      const char mark = letter(at.layer);
      const std::string words = fmt::format("  {} {}", mark, title(at.layer));
      if (seen.find(words) != std::string::npos) continue;
      seen += words;
      colour(layer_colour(at.layer));
      out_ += words;
      colour(palette_.reset);
    }
    out_ += '\n';
  }

  std::string& out_;
  const Packet& packet_;
  const Palette& palette_;
  std::vector<ByteNote> notes_;
  std::size_t current_ = 0;
};

}  // namespace

std::vector<ByteNote> byte_notes(const Packet& packet) {
  std::vector<ByteNote> notes;
  for (std::size_t i = 0; i < packet.layers().size(); ++i) {
    const LayerAt& at = packet.layers()[i];
    if (at.layer == Layer::payload) {
      const std::size_t size = packet.bytes_of(at).size();
      if (size > 0)
        notes.push_back({at.offset, size, at.layer, fmt::format("{} bytes of data", size)});
      continue;
    }
    for (ByteNote& note : HeaderNotes{packet, i}.take()) {
      if (note.begin >= packet.bytes().size()) continue;
      note.size = std::min(note.size, packet.bytes().size() - note.begin);
      notes.push_back(std::move(note));
    }
  }
  return notes;
}

void append_byte_map(std::string& out, const Packet& packet, const Palette& palette) {
  Dump{out, packet, palette}.write();
}

}  // namespace culvert::inspect
