#include "inspect/lanes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "inspect/layer_bars.hpp"
#include "inspect/markup.hpp"
#include "inspect/page_style.hpp"
#include "inspect/story_text.hpp"

namespace culvert::inspect {
namespace {

// All lengths are pixels.
constexpr std::size_t lane_width = 240;
constexpr std::size_t margin = 16;
constexpr std::size_t head_height = 40;    // the names of the places
constexpr std::size_t packet_width = 140;  // of the longest appearance of a packet
constexpr std::size_t packet_height = 18;
constexpr std::size_t line_height = 14;
constexpr std::size_t letter_width = 9;  // what a bar needs to show its letter
constexpr std::size_t characters = 38;   // that fit into a lane
constexpr std::size_t lines_shown = 3;   // of a packet's own line

std::size_t middle_of(std::size_t place) { return margin + lane_width / 2 + place * lane_width; }

/// The longest beginning that fits: whole words, or as much of a single word as there is room for.
std::string_view first_line(std::string_view text, std::size_t room) {
  std::size_t end = 0;
  for (std::size_t seen = 0; end < text.size() && seen < room; ++seen) {
    do ++end;
    while (end < text.size() && (text[end] & 0xc0) == 0x80);
  }
  if (end == text.size()) return text;
  const std::size_t blank = text.rfind(' ', end);
  return text.substr(0, blank == std::string_view::npos || blank == 0 ? end : blank);
}

std::vector<std::string> wrapped(std::string_view text, std::size_t room = characters) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::string_view line = first_line(text, room);
    lines.emplace_back(line);
    text.remove_prefix(line.size());
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  }
  return lines;
}

/// Draws one packet's row.
class Row {
 public:
  Row(std::string& out, const Story& story, std::size_t top) : out_(out), story_(story) {
    middle_ = top + line_height + 6 + packet_height / 2;
    bottom_ = middle_ + packet_height;
    for (const Station& each : story.stations)
      longest_ = std::max(longest_, each.outside.wire_length);
    title(top + line_height);
  }

  /// The result is where the row ends.
  std::size_t draw() {
    for (std::size_t i = 0; i < story_.stations.size(); ++i) {
      if (i > 0) arrow(story_.stations[i - 1], story_.stations[i].place, story_.stations[i].hop);
      station(story_.stations[i]);
    }
    if (story_.missing) {
      arrow(story_.stations.back(), *story_.missing, "lost");
      text("lost\" text-anchor=\"middle", middle_of(*story_.missing), middle_ + 5, "✗");
      column(*story_.missing, {{"lost", wrapped(story_.end)}});
    } else if (!story_.end.empty()) {
      column(story_.stations.back().place, {{"ambiguous", wrapped(story_.end)}}, bottom_);
    }
    return bottom_ + line_height;
  }

 private:
  struct Paragraph {
    std::string_view css;
    std::vector<std::string> lines;
  };

  template <class... Values>
  void add(fmt::format_string<Values...> words, Values&&... values) {
    fmt::format_to(std::back_inserter(out_), words, std::forward<Values>(values)...);
  }

  void text(std::string_view css, std::size_t x, std::size_t y, std::string_view words) {
    add("<text class=\"{}\" x=\"{}\" y=\"{}\">{}</text>\n", css, x, y, escaped(words));
  }

  void title(std::size_t y) {
    const auto fate = word(story_.fate);
    add("<text class=\"title\" x=\"{}\" y=\"{}\">packet {}, {} bytes", margin, y, story_.number,
        story_.size);
    if (!fate.empty())
      add(" <tspan class=\"{}\">{}</tspan>", story_.fate == Fate::cut ? "cut" : fate, fate);
    out_ += "</text>\n";
  }

  std::size_t width_of(std::size_t bytes) const { return bytes * packet_width / longest_; }
  std::size_t half_of(const Station& station) const {
    return std::max<std::size_t>(width_of(station.outside.wire_length) / 2, 4);
  }

  void station(const Station& here) {
    std::vector<Paragraph> below;
    const auto bars = layer_bars(here);
    std::string sizes;
    for (const LayerBar& each : bars) {
      bar(here, each);
      sizes += fmt::format("{}{}{}", sizes.empty() ? "" : " ", each.letter, each.size);
    }
    below.push_back({"dim", wrapped(sizes)});
    below.push_back({"", wrapped(here.line)});
    if (below.back().lines.size() > lines_shown) {
      below.back().lines.resize(lines_shown);
      below.back().lines.back() += " …";
    }
    if (!here.remark.empty()) below.push_back({"dim", wrapped(here.remark)});
    for (const std::string& each : here.sentences) below.push_back({"dim", wrapped(each)});
    for (const Change& each : here.changes)
      below.push_back({"", wrapped(fmt::format("{} {} → {} {}", each.name, each.before, each.after,
                                               each.why))});
    column(here.place, below);
  }

  void bar(const Station& here, const LayerBar& bar) {
    const std::size_t x = middle_of(here.place) - half_of(here) + width_of(bar.offset);
    const std::size_t whole = width_of(bar.offset + bar.size) - width_of(bar.offset);
    const std::size_t width = whole > 2 ? whole - 1 : 1;  // a gap between neighbours
    add("<g class=\"{}\"><rect class=\"bar\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"/>",
        bar.letter, x, middle_ - packet_height / 2, width, packet_height);
    if (bar.sealed)
      add("<rect class=\"sealed\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"/>", x,
          middle_ - packet_height / 2 - 2, width, packet_height + 4);
    if (width >= letter_width)
      add("<text class=\"on\" text-anchor=\"middle\" x=\"{}\" y=\"{}\">{}</text>", x + width / 2,
          middle_ + 4, bar.letter);
    out_ += "</g>\n";
  }

  /// From the edge of the packet at one place to the next place.
  void arrow(const Station& from, std::size_t place, std::string_view label) {
    const bool out = place > from.place;
    const std::size_t begin = middle_of(from.place), end = middle_of(place);
    const std::size_t gap = packet_width / 2 + 4;
    const std::size_t x1 = out ? begin + gap : begin - gap, x2 = out ? end - gap : end + gap;
    const std::size_t tip = out ? x2 - 7 : x2 + 7;
    add("<path class=\"arrow\" d=\"M{} {}H{}\"{}/>", x1, middle_, tip,
        label == "lost" ? " stroke-dasharray=\"4 3\"" : "");
    add("<path class=\"head\" d=\"M{0} {1}L{2} {3}V{4}z\"/>\n", x2, middle_, tip, middle_ - 4,
        middle_ + 4);
    text("small\" text-anchor=\"middle", (x1 + x2) / 2, middle_ - 6, label);
  }

  void column(std::size_t place, const std::vector<Paragraph>& paragraphs, std::size_t top = 0) {
    const std::size_t x = middle_of(place) - lane_width / 2 + 10;
    std::size_t y = top > 0 ? top : middle_ + packet_height / 2;
    for (const Paragraph& paragraph : paragraphs) {
      for (const std::string& line : paragraph.lines)
        text(paragraph.css, x, y += line_height, line);
    }
    bottom_ = std::max(bottom_, y);
  }

  std::string& out_;
  const Story& story_;
  std::size_t middle_ = 0;  // of the packets, from the top
  std::size_t bottom_ = 0;
  std::size_t longest_ = 1;
};

}  // namespace

Lanes::Lanes(std::vector<std::string> places)
    : places_(std::move(places)), bottom_(margin + head_height) {}

void Lanes::add(const Story& story) {
  legend_.add(story);
  bottom_ = Row{rows_, story, bottom_}.draw();
  description_ += fmt::format(" Packet {}, {} bytes:", story.number, story.size);
  for (const Station& each : story.stations)
    description_ += fmt::format(" {} {};", places_[each.place], each.delay);
  description_ += fmt::format(" {}.", story.end.empty() ? word(story.fate) : story.end);
}

std::string Lanes::svg(const Imprint& imprint) const {
  const std::size_t width = 2 * margin + places_.size() * lane_width;
  const auto footer =
      wrapped(imprint.command + ", by " + imprint.version, places_.size() * characters);
  const std::size_t height = bottom_ + (2 + footer.size()) * line_height + margin;
  std::string out = fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0} {1}\" width=\"{0}\" "
      "height=\"{1}\" role=\"img\" aria-labelledby=\"title desc\" "
      "font-family=\"system-ui, sans-serif\" font-size=\"11\">\n"
      "<title id=\"title\">{2}</title>\n<desc id=\"desc\">{3}{4}</desc>\n"
      "<style>{5}{6}</style>\n<rect class=\"ground\" width=\"{0}\" height=\"{1}\"/>\n",
      width, height, escaped(imprint.title), escaped(imprint.summary), escaped(description_),
      colour_style, lanes_style);
  for (std::size_t i = 0; i < places_.size(); ++i) {
    fmt::format_to(std::back_inserter(out),
                   "<path class=\"lane\" d=\"M{0} {1}V{2}\"/>"
                   "<text class=\"place\" text-anchor=\"middle\" x=\"{0}\" y=\"{3}\">{4}</text>\n",
                   middle_of(i), margin + 24, bottom_, margin + 14, escaped(places_[i]));
  }
  out += rows_;
  std::size_t x = margin;
  for (const auto& [letter, title] : legend_.letters()) {
    fmt::format_to(std::back_inserter(out),
                   "<g class=\"{0}\"><rect class=\"bar\" x=\"{1}\" y=\"{2}\" width=\"14\" "
                   "height=\"14\"/><text class=\"on\" text-anchor=\"middle\" x=\"{3}\" "
                   "y=\"{4}\">{0}</text></g><text x=\"{5}\" y=\"{4}\">{6}</text>\n",
                   letter, x, bottom_ + 4, x + 7, bottom_ + 15, x + 19, title);
    x += 19 + 7 * character_count(title) + 14;
  }
  std::size_t y = bottom_ + line_height + 8;
  for (const std::string& line : footer) {
    fmt::format_to(std::back_inserter(out), "<text class=\"dim\" x=\"{}\" y=\"{}\">{}</text>\n",
                   margin, y += line_height, escaped(line));
  }
  return out + "</svg>\n";
}

}  // namespace culvert::inspect
