#include "inspect/story_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace culvert::inspect {
namespace {

class Writer {
 public:
  Writer(std::string& out, const std::vector<std::string>& places) : out_(out), places_(places) {
    for (const std::string& place : places) width_ = std::max(width_, place.size());
  }

  void write(const Story& story) {
    fmt::format_to(std::back_inserter(out_), "packet {}, {} bytes{}{}\n", story.number, story.size,
                   story.note.empty() ? "" : ", ", story.note);
    for (const Station& station : story.stations) {
      for (const std::string& sentence : station.sentences) below("│  ", sentence);
      for (const Change& change : station.changes) below("│  ", sentence_of(change));
      at(station);
    }
    if (!story.end.empty()) below(story.fate == Fate::ambiguous ? "?  " : "✗  ", story.end);
    out_ += '\n';
  }

 private:
  void at(const Station& station) {
    fmt::format_to(std::back_inserter(out_), "  {:<{}}  {:<9} {}{}\n", places_[station.place],
                   width_, station.delay, station.line,
                   station.remark.empty() ? "" : "  [" + station.remark + "]");
  }

  void below(std::string_view mark, const std::string& words) {
    out_.append(width_ + 4, ' ');
    out_ += mark;
    out_ += words;
    out_ += '\n';
  }

  static std::string sentence_of(const Change& change) {
    return fmt::format("{:<15}{} -> {}{}{}", change.name, change.before, change.after,
                       change.why.empty() ? "" : "   ", change.why);
  }

  std::string& out_;
  const std::vector<std::string>& places_;
  std::size_t width_ = 0;
};

}  // namespace

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
