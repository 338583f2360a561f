#include "session.hpp"

#include <fmt/format.h>

#include "cli/run_program.hpp"

namespace culvert::tundump {

Session::Session(const Options& options) : options_(options), expression_(filter_expression(options)) {}

void Session::begin(const Source& source) {
  filter_for(source.link_type);
  printer_.emplace(options_, source.nanoseconds);
  format_ = source.format;
  if (!options_.write.empty()) {
    writer_.emplace(capture::Writer::create(options_.write, {.format = capture::Writer::format_by_name(options_.write),
                                                             .nanoseconds = source.nanoseconds,
                                                             .link_type = source.link_type,
                                                             .snap_length = options_.snap_length}));
  }
  if (options_.json && prints()) append_capture_record(output_.text(), source.name, source.format);
}

const capture::Filter* Session::filter_for(std::uint16_t link_type) {
  if (expression_.empty()) return nullptr;
  const auto known = filters_.find(link_type);
  if (known != filters_.end()) return &known->second;
  auto filter = capture::Filter::compile(expression_, link_type);
  if (!filter) {
    std::string message = "bad filter: " + filter.error().message;
    if (filter.error().begin) message += "\n" + capture::point_at(expression_, filter.error());
    if (message.back() == '\n') message.pop_back();
    throw cli::UsageError(message);
  }
  return &filters_.emplace(link_type, std::move(*filter)).first->second;
}

Session::Next Session::on_packet(const capture::CapturedPacket& packet) {
  const capture::Filter* filter = filter_for(packet.link_type);
  if (filter == nullptr || filter->matches(packet)) return on_filtered_packet(packet);
  ++number_;
  return Next::go_on;
}

Session::Next Session::on_filtered_packet(const capture::CapturedPacket& packet) {
  ++number_;
  if (matched_++ < options_.skip) return Next::go_on;
  ++shown_;
  if (writer_ && !writer_->write(packet)) {
    throw cli::UsageError(fmt::format(
        "{}: packet {} has another link type than the file's first; a pcap file holds one: name it *.pcapng",
        options_.write, number_));
  }
  if (prints() && options_.json) append_packet_record(output_.text(), number_, packet, format_);
  if (prints() && !options_.json) printer_->append(output_.text(), number_, packet);
  const bool read = options_.line_buffered ? output_.flush() : output_.packet_done();
  return read && shown_ != options_.count ? Next::go_on : Next::stop;
}

Session::Next Session::on_pause() {
  if (writer_) writer_->flush();
  return output_.flush() ? Next::go_on : Next::stop;
}

void Session::end(const std::optional<std::string>& error) {
  if (options_.json && prints()) append_end_record(output_.text(), shown_, error);
  if (options_.only_count) output_.text() += fmt::format("{}\n", shown_);
  if (writer_) writer_->flush();
  output_.flush();
}

}  // namespace culvert::tundump
