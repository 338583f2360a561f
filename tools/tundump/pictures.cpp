#include "pictures.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <system_error>

#include "inspect/one_line.hpp"

namespace culvert::tundump {
namespace {

std::ofstream opened(const std::string& name) {
  std::ofstream file{name, std::ios::binary};
  if (!file) throw std::system_error(errno, std::generic_category(), name);
  return file;
}

}  // namespace

void Pictures::File::write(const std::string& text) {
  stream << text << std::flush;
  if (!stream) throw std::system_error(errno, std::generic_category(), name);
}

Pictures::Pictures(const Options& options, const std::vector<std::string>& places)
    : options_(options), page_(places), lanes_(places) {
  if (!options.html.empty()) html_ = File{options.html, opened(options.html)};
  if (!options.svg.empty()) svg_ = File{options.svg, opened(options.svg)};
}

void Pictures::add(const inspect::Story& story) {
  if (added_ == most_packets) {
    ++left_out_;
    return;
  }
  ++added_;
  if (html_) page_.add(story);
  if (svg_) lanes_.add(story);
}

void Pictures::add(const capture::CapturedPacket& captured, const Inside& inside,
                   std::size_t place) {
  if (added_ == most_packets) {
    ++left_out_;
    return;
  }
  inspect::Station station{.place = place, .remark = inside.remark, .outside = kept(captured)};
  station.line = inspect::one_line(station.outside.walk());
  if (inside.packet && !inside.remark.empty()) station.inside = kept(*inside.packet);
  if (!begin_) begin_ = captured.time;
  if (begin_ && captured.time) station.delay = "+" + duration_text(*captured.time - *begin_);
  add({.number = added_ + 1, .size = captured.wire_length, .stations = {std::move(station)}});
}

void Pictures::write(const std::string& summary) {
  inspect::Imprint imprint{.title = options_.journey ? "The journey of packets" : "Packets",
                           .summary = summary,
                           .command = options_.command,
                           .version = "tundump " CULVERT_VERSION};
  if (left_out_ > 0) imprint.summary += fmt::format(" The first {} are shown here.", most_packets);
  if (html_) html_->write(page_.html(imprint));
  if (svg_) svg_->write(lanes_.svg(imprint));
}

}  // namespace culvert::tundump
