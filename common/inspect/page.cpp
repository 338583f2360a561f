#include "inspect/page.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>

#include "inspect/byte_map.hpp"
#include "inspect/layer_bars.hpp"
#include "inspect/layer_mark.hpp"
#include "inspect/markup.hpp"
#include "inspect/names.hpp"
#include "inspect/page_style.hpp"
#include "inspect/text.hpp"

namespace culvert::inspect {
namespace {

constexpr std::size_t data_shown = 32;  // bytes of a layer's data that the hex lists

/// Writes one packet's article.
class Article {
 public:
  Article(std::string& out, const Story& story, const std::vector<std::string>& places)
      : out_(out), story_(story), places_(places) {
    for (const Station& each : story.stations)
      longest_ = std::max(longest_, each.outside.wire_length);
  }

  void write() {
    add("<article id=\"p{0}\" class=\"{1}\">\n<h2>packet {0} <small>{2} bytes</small>",
        story_.number, css_class(), story_.size);
    if (story_.fate != Fate::seen) add(" <span class=\"fate\">{}</span>", word(story_.fate));
    if (!story_.note.empty()) add(" <small>{}</small>", escaped(story_.note));
    add("</h2>\n<ol class=\"lanes\" style=\"--n:{}\">\n", places_.size());
    for (std::size_t i = 0; i < story_.stations.size(); ++i) station(i);
    if (story_.missing) gone();
    out_ += "</ol>\n";
    if (!story_.end.empty() && !story_.missing)
      add("<p class=\"end\">{}</p>\n", escaped(story_.end));
    out_ += "</article>\n";
  }

 private:
  template <class... Values>
  void add(fmt::format_string<Values...> words, Values&&... values) {
    fmt::format_to(std::back_inserter(out_), words, std::forward<Values>(values)...);
  }

  std::string_view css_class() const {
    return story_.fate == Fate::cut ? "cut" : word(story_.fate);
  }

  /// An item in its lane; an arrow reaches to it from the lane of the station before.
  void open_item(std::size_t place, std::size_t from, std::string_view css) {
    add("<li class=\"{}{}\" style=\"grid-column:{};--s:{}\"><h3>{}</h3>", css,
        from > place ? "in" : "out", place + 1, std::max(from, place) - std::min(from, place),
        escaped(places_[place]));
  }

  void station(std::size_t index) {
    const Station& here = story_.stations[index];
    open_item(here.place, index > 0 ? story_.stations[index - 1].place : here.place, "");
    if (index > 0)
      add("<p class=\"hop\">{}</p>", here.hop);
    else if (places_.size() == 1)
      add("<p class=\"when\">{}</p>", here.delay);
    out_ += "<div class=\"card\">\n";
    layers(here);
    add("<p class=\"line\">{}</p>", escaped(here.line));
    if (!here.remark.empty()) add("<p class=\"dim\">{}</p>", escaped(here.remark));
    changes(here);
    bytes(here);
    out_ += "</div></li>\n";
  }

  void gone() {
    open_item(*story_.missing, story_.stations.back().place, "gone ");
    add("<p class=\"hop\">lost</p><div class=\"card\"><p class=\"end\">{}</p></div></li>\n",
        escaped(story_.end));
  }

  void layers(const Station& station) {
    const auto bars = layer_bars(station);
    if (bars.empty()) return;
    const auto percent = [&](std::size_t part) {
      return std::lround(100.0 * static_cast<double>(part) / static_cast<double>(longest_));
    };
    out_ += "<ul class=\"layers\">";
    for (const LayerBar& bar : bars) {
      add("<li class=\"{0}{1}\" style=\"--o:{4};--w:{5}\"><b>{0}</b> {2} {3}</li>", bar.letter,
          bar.sealed ? " sealed" : "", bar.title, bar.size, percent(bar.offset), percent(bar.size));
    }
    out_ += "</ul>\n";
  }

  void changes(const Station& station) {
    if (station.sentences.empty() && station.changes.empty()) return;
    out_ += "<ul class=\"changes\">";
    for (const std::string& sentence : station.sentences) add("<li>{}</li>", escaped(sentence));
    for (const Change& each : station.changes) {
      add("<li><code>{}</code> {} → {}", each.name, escaped(each.before), escaped(each.after));
      if (!each.why.empty()) add(" <em>{}</em>", escaped(each.why));
      out_ += "</li>";
    }
    out_ += "</ul>\n";
  }

  void bytes(const Station& station) {
    if (station.outside.bytes.empty()) return;
    add("<details><summary>{} bytes at {}</summary><div class=\"hex\">",
        station.outside.wire_length, escaped(places_[station.place]));
    named_bytes(station.outside);
    if (!station.inside.bytes.empty()) {
      out_ += "<p>Inside, opened with the key log:</p>";
      named_bytes(station.inside);
    }
    out_ += "</div></details>\n";
  }

  /// Every byte of the headers with its meaning, and the beginning of the data.
  void named_bytes(const KeptBytes& kept) {
    const wire::Packet packet = kept.walk();
    std::optional<wire::Layer> layer;
    for (const ByteNote& note : byte_notes(packet)) {
      if (layer != note.layer) {
        if (layer) out_ += "</ul>";
        add("<h4 class=\"{0}\">{0} {1}</h4><ul class=\"{0}\">", letter(note.layer),
            title(note.layer));
        layer = note.layer;
      }
      out_ += "<li><b>";
      const std::size_t shown = std::min(note.size, data_shown);
      for (std::size_t i = 0; i < shown; ++i)
        add("{}{:02x}", i > 0 ? " " : "", packet.bytes()[note.begin + i]);
      add("{}</b> {}</li>", shown < note.size ? " …" : "", escaped(note.text));
    }
    if (layer) out_ += "</ul>";
  }

  std::string& out_;
  const Story& story_;
  const std::vector<std::string>& places_;
  std::size_t longest_ = 1;
};

std::string list_of(const Legend& legend) {
  std::string out;
  for (const auto& [letter, title] : legend.letters())
    out += fmt::format("<li class=\"{0}\"><b>{0}</b> {1}</li>", letter, title);
  return out;
}

}  // namespace

void Page::add(const Story& story) {
  legend_.add(story);
  Article{articles_, story, places_}.write();
}

std::string Page::html(const Imprint& imprint) const {
  std::string places;
  for (const std::string& place : places_) places += "<li>" + escaped(place) + "</li>";
  std::string out = fmt::format(
      R"(<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"/><meta name="viewport" content="width=device-width"/>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:"/>
<link rel="icon" href="data:,"/><title>{title}</title>
<style>{colours}{style}</style></head>
<body class="{one}">
<header><h1>{title}</h1><p>{summary}</p></header>
<div class="top"><ul class="legend" aria-label="Letters and colours of the layers">{legend}</ul>
<ol class="places" aria-hidden="true" style="--n:{count}">{places}</ol></div>
<main>
)",
      fmt::arg("title", escaped(imprint.title)), fmt::arg("colours", colour_style),
      fmt::arg("style", page_style), fmt::arg("one", places_.size() == 1 ? "one" : "many"),
      fmt::arg("summary", escaped(imprint.summary)), fmt::arg("legend", list_of(legend_)),
      fmt::arg("count", places_.size()), fmt::arg("places", places));
  out += articles_;
  out += fmt::format(
      "</main>\n<footer><p>Made by <code>{}</code></p><p>{}. Widths of the bars are bytes.</p>"
      "</footer>\n</body></html>\n",
      escaped(imprint.command), escaped(imprint.version));
  return out;
}

}  // namespace culvert::inspect
