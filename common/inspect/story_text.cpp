#include "inspect/story_text.hpp"

#include <algorithm>

#include "inspect/text.hpp"

namespace culvert::inspect {
namespace {

constexpr std::size_t delay_width = 9;

class Writer {
 public:
  Writer(std::string& out, const std::vector<std::string>& places) : out_(out), places_(places) {
    for (const std::string& place : places) width_ = std::max(width_, place.size());
  }

  void write(const Story& story) {
    out_ += "packet ";
    append_decimal(out_, story.number);
    out_ += ", ";
    append_decimal(out_, story.size);
    out_ += " bytes";
    if (!story.note.empty()) out_.append(", ").append(story.note);
    out_ += '\n';
    for (const Station& station : story.stations) {
      for (const std::string& sentence : station.sentences) below("│  ", sentence);
      for (const Change& change : station.changes) below(change);
      at(station);
    }
    if (!story.end.empty()) below(story.fate == Fate::ambiguous ? "?  " : "✗  ", story.end);
    out_ += '\n';
  }

 private:
  void at(const Station& station) {
    out_ += "  ";
    append_column(out_, places_[station.place], width_);
    out_ += "  ";
    append_column(out_, station.delay,
                  delay_width + (station.delay.size() - character_count(station.delay)));
    out_ += ' ';
    out_ += station.line;
    if (!station.remark.empty()) out_.append("  [").append(station.remark).append("]");
    out_ += '\n';
  }

  void below(std::string_view mark, std::string_view words) {
    out_.append(width_ + 4, ' ').append(mark).append(words) += '\n';
  }

  void below(const Change& change) {
    out_.append(width_ + 4, ' ').append("│  ");
    append_column(out_, change.name, 15);
    out_.append(change.before).append(" -> ").append(change.after);
    if (!change.why.empty()) out_.append("   ").append(change.why);
    out_ += '\n';
  }

  std::string& out_;
  const std::vector<std::string>& places_;
  std::size_t width_ = 0;
};

}  // namespace

std::size_t character_count(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xc0) != 0x80; }));
}

std::string_view word(Fate fate) {
  switch (fate) {
    case Fate::seen:
      return "";
    case Fate::complete:
      return "complete";
    case Fate::lost:
      return "lost";
    case Fate::ambiguous:
      return "ambiguous";
    case Fate::cut:
      return "cut into fragments";
  }
  return "";
}

void append_story(std::string& out, const Story& story, const std::vector<std::string>& places) {
  Writer{out, places}.write(story);
}

}  // namespace culvert::inspect
