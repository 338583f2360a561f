#include "session.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cli/run_program.hpp"

namespace culvert::tundump {

capture::Filter compile_filter(const std::string& expression, std::uint16_t link_type) {
  auto filter = capture::Filter::compile(expression, link_type);
  if (filter) return std::move(*filter);
  std::string message = "bad filter: " + filter.error().message;
  if (filter.error().begin) message += "\n" + capture::point_at(expression, filter.error());
  if (message.back() == '\n') message.pop_back();
  throw cli::UsageError(message);
}

Session::Session(const Options& options)
    : options_(options), expression_(filter_expression(options)) {}

void Session::begin(std::vector<Source> sources) {
  sources_ = std::move(sources);
  for (const Source& source : sources_) filter_for(source.link_type);
  printer_.emplace(options_, sources_);
  if (!options_.write.empty()) open_writer();
  if (!prints()) return;
  output_.text() += printer_->heading();
  if (!is_json()) return;
  for (std::size_t i = 0; i < sources_.size(); ++i) {
    append_capture_record(output_.text(), sources_[i], number_of_source(i));
  }
}

void Session::open_writer() {
  const bool nanoseconds = std::any_of(sources_.begin(), sources_.end(),
                                       [](const Source& source) { return source.nanoseconds; });
  writer_.emplace(capture::Writer::create(options_.write, {.format = format_of_output(),
                                                           .nanoseconds = nanoseconds,
                                                           .link_type = sources_[0].link_type,
                                                           .snap_length = options_.snap_length}));
}

/// By name; several inputs through a pipe are pcapng, because pcap could not tell them apart.
capture::FileFormat Session::format_of_output() const {
  if (options_.write == "-" && sources_.size() > 1) return capture::FileFormat::pcapng;
  return capture::Writer::format_by_name(options_.write);
}

/// Only where there are several.
std::optional<std::size_t> Session::number_of_source(std::size_t source) const {
  return sources_.size() > 1 ? std::optional{source} : std::nullopt;
}

const capture::Filter* Session::filter_for(std::uint16_t link_type) {
  if (expression_.empty()) return nullptr;
  const auto known = filters_.find(link_type);
  if (known != filters_.end()) return &known->second;
  return &filters_.emplace(link_type, compile_filter(expression_, link_type)).first->second;
}

Session::Next Session::on_packet(std::size_t source, const capture::CapturedPacket& packet) {
  const capture::Filter* filter = filter_for(packet.link_type);
  if (filter == nullptr || filter->matches(packet)) return on_filtered_packet(source, packet);
  ++number_;
  return Next::go_on;
}

Session::Next Session::on_filtered_packet(std::size_t source,
                                          const capture::CapturedPacket& packet) {
  ++number_;
  if (matched_++ < options_.skip) return Next::go_on;
  ++shown_;
  if (options_.statistics) {
    statistics_.add(
        wire::Packet::walk(packet.bytes, wire::LinkType{packet.link_type}, packet.wire_length));
  }
  if (writer_ && !writer_->write(packet, sources_[source].label)) {
    throw cli::UsageError(
        fmt::format("{}: packet {} has another link type than the file's first; a pcap file holds "
                    "one: name it *.pcapng",
                    options_.write, number_));
  }
  if (prints() && is_json())
    append_packet_record(output_.text(), number_, packet, sources_[source].format,
                         number_of_source(source));
  if (prints() && !is_json()) printer_->append(output_.text(), number_, packet, source);
  const bool read = options_.line_buffered ? output_.flush() : output_.packet_done();
  return read && shown_ != options_.count ? Next::go_on : Next::stop;
}

Session::Next Session::on_pause() {
  if (writer_) writer_->flush();
  return output_.flush() ? Next::go_on : Next::stop;
}

void Session::end(const std::optional<std::string>& error) {
  if (is_json() && prints()) append_end_record(output_.text(), shown_, error);
  if (options_.only_count) output_.text() += fmt::format("{}\n", shown_);
  if (writer_) writer_->flush();
  output_.flush();
  if (options_.statistics) fmt::print(stderr, "{}", statistics_.text());
}

}  // namespace culvert::tundump
