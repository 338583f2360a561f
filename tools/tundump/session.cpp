#include "session.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "cli/run_program.hpp"
#include "inspect/story_text.hpp"
#include "messages.hpp"
#include "sealed.hpp"
#include "telling.hpp"

namespace culvert::tundump {

namespace {
constexpr std::uint16_t raw_ip = 101;

wire::Packet walked(const capture::CapturedPacket& packet) {
  return wire::Packet::walk(packet.bytes, wire::LinkType{packet.link_type}, packet.wire_length);
}
}  // namespace

capture::Filter compile_filter(const std::string& expression, std::uint16_t link_type) {
  auto filter = capture::Filter::compile(expression, link_type);
  if (filter) return std::move(*filter);
  std::string message = "bad filter: " + filter.error().message;
  if (filter.error().begin) message += "\n" + capture::point_at(expression, filter.error());
  if (message.back() == '\n') message.pop_back();
  throw cli::UsageError(message);
}

Session::Session(const Options& options)
    : options_(options),
      expression_(filter_expression(options)),
      looks_inside_(options.inner || options.journey || !options.inner_filter.empty() ||
                    !options.key_log.empty()) {
  if (!options.diff.empty() && !options.journey) comparison_.emplace(options.diff);
  if (!options.key_log.empty()) tunnels_.use_key_log_file(options.key_log);
  std::string inner = options.inner_filter;
  if (options.journey && inner.empty())
    inner = std::exchange(expression_, {});  // the same packet at every place
  if (!inner.empty()) inner_filter_ = compile_filter(inner, raw_ip);
}

void Session::on_secrets(const std::string& key_log, const std::string& from) {
  tunnels_.use_key_log_text(key_log, from);
  looks_inside_ = true;
  if (files_) files_->write_secrets(key_log);
}

void Session::begin(std::vector<Source> sources) {
  sources_ = std::move(sources);
  for (const Source& source : sources_) filter_for(source.link_type);
  printer_.emplace(options_, sources_);
  if (options_.journey || draws()) open_places();
  if (!options_.write.empty()) open_writer();
  if (!prints()) return;
  output_.text() += printer_->heading();
  if (!is_json()) return;
  for (std::size_t i = 0; i < sources_.size(); ++i) {
    append_capture_record(output_.text(), sources_[i], number_of_source(i));
  }
}

/// Journeys and pictures need to know where packets can be seen.
void Session::open_places() {
  std::vector<std::string> places;
  for (const Source& source : sources_) {
    const bool file = source.format != SourceFormat::live;
    const auto name = file ? source.name.substr(source.name.rfind('/') + 1) : source.name;
    places.push_back(source.label.empty() ? name : source.label);
  }
  if (draws()) pictures_.emplace(options_, places);
  if (options_.journey) journeys_.emplace(std::move(places), draws() ? Pictures::most_packets : 0);
}

void Session::open_writer() {
  const bool nanoseconds = std::any_of(sources_.begin(), sources_.end(),
                                       [](const Source& source) { return source.nanoseconds; });
  const capture::Writer::Options format{
      .format = format_of_output(),
      .nanoseconds = nanoseconds,
      .link_type = options_.inner ? raw_ip : sources_[0].link_type,
      .snap_length = options_.snap_length};
  files_.emplace(Rotation::Rules{.name = options_.write,
                                 .megabytes = options_.file_megabytes,
                                 .seconds = options_.file_seconds,
                                 .files = options_.file_count},
                 format);
  if (tunnels_.has_keys()) files_->write_secrets(tunnels_.key_log());
}

void Session::all_open() {
  if (options_.user.empty()) return;
  const io::Account account = io::find_account(options_.user).value();
  if (files_) files_->give_to(account);
  say(io::become(account) ? fmt::format("from here on as user {}, with no privileges", account.name)
                          : "not root, so the user stays; all other privileges are dropped");
  if (files_ && !files_->can_go_on()) {
    throw std::runtime_error(
        fmt::format("{}: user {} may not write here, and -C and -G make further files",
                    files_->folder_name(), account.name));
  }
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

Inside Session::look(std::size_t source, const capture::CapturedPacket& packet) {
  if (!looks_inside_) return {};
  return tunnels_.look(packet, walked(packet), source);
}

Session::Next Session::on_packet(std::size_t source, const capture::CapturedPacket& packet) {
  ++number_;
  if (is_fragment(packet)) return on_fragment(source, packet);
  const Inside inside =
      look(source, packet);  // also into what is not shown: a handshake tells keys
  const capture::Filter* filter = filter_for(packet.link_type);
  if (filter != nullptr && !filter->matches(packet)) return Next::go_on;
  return on_match(source, packet, inside);
}

Session::Next Session::on_filtered_packet(std::size_t source,
                                          const capture::CapturedPacket& packet) {
  ++number_;
  if (is_fragment(packet)) return on_fragment(source, packet);
  return on_match(source, packet, look(source, packet));
}

/// Only a journey asks: elsewhere each packet is shown as it was captured.
bool Session::is_fragment(const capture::CapturedPacket& packet) const {
  return journeys_ && Reassembly::is_fragment(walked(packet));
}

Session::Next Session::on_fragment(std::size_t source, const capture::CapturedPacket& packet) {
  Next next = Next::go_on;
  for (const Fragments& done : reassembly_.add(packet, walked(packet), source)) {
    if (next == Next::go_on) next = on_fragments(done);
  }
  return next;
}

/// A tunnel's datagram is told as a whole: what is inside has the journey. Any other fragment is a packet like others, because a
/// router may have made it on the way.
Session::Next Session::on_fragments(const Fragments& fragments) {
  std::vector<capture::CapturedPacket> as_captured;
  for (const OwnedPacket& each : fragments.packets) as_captured.push_back(each.packet());
  if (fragments.whole) {
    const capture::CapturedPacket whole = fragments.whole->packet();
    Inside inside = look(fragments.source, whole);
    if (inside.packet || walked(whole).find(wire::Layer::wireguard) != nullptr) {
      inside.remark += fmt::format("{}came in {} fragments", inside.remark.empty() ? "" : ", ",
                                   as_captured.size());
      return on_match(fragments.source, whole, inside, as_captured);
    }
  }
  for (const capture::CapturedPacket& each : as_captured) {
    Inside inside = look(fragments.source, each);
    if (!fragments.whole && inside.remark.empty())
      inside.remark = "a part of its datagram is missing";
    if (on_match(fragments.source, each, inside) == Next::stop) return Next::stop;
  }
  return Next::go_on;
}

/// In a journey the packet outside of a tunnel is the same as the one inside.
bool Session::matches_inside(const capture::CapturedPacket& outer, const Inside& inside) const {
  if (inside.packet) return inner_filter_->matches(*inside.packet);
  if (!options_.journey) return false;
  return inner_filter_->matches(without_link(outer, walked(outer)));
}

Session::Next Session::on_match(std::size_t source, const capture::CapturedPacket& outer,
                                const Inside& inside, CapturedPackets as_captured) {
  if (inner_filter_ && !matches_inside(outer, inside)) {
    if (journeys_) journeys_->add_unasked(outer, walked(outer), inside, source);
    return Next::go_on;
  }
  if (matched_++ < options_.skip) return Next::go_on;
  const bool inner = options_.inner && inside.packet;
  const capture::CapturedPacket& packet = inner ? *inside.packet : outer;
  for (const capture::CapturedPacket& each : inner ? CapturedPackets{&packet, 1} : as_captured) {
    if (files_ && !write(source, each)) return Next::stop;
    if (options_.statistics) statistics_.add(walked(each));
  }
  ++shown_;
  if (journeys_) {
    journeys_->add(outer, walked(outer), inside, source);
  } else if (pictures_) {
    pictures_->add(outer, inside, source);
  }
  if (prints()) print(source, packet, inside);
  if (comparison_) comparison_->add(number_, packet);
  if (comparison_ && comparison_->complete()) return Next::stop;
  const bool read = options_.line_buffered ? output_.flush() : output_.packet_done();
  return read && shown_ != options_.count ? Next::go_on : Next::stop;
}

/// False once -W's last file is full.
bool Session::write(std::size_t source, const capture::CapturedPacket& packet) {
  const auto written = files_->write(packet, sources_[source].label);
  if (written == PacketFiles::Written::yes) {
    if (options_.packet_buffered) files_->flush();
    return true;
  }
  if (written == PacketFiles::Written::full) {
    say(fmt::format("-W: {} files are written", options_.file_count));
    return false;
  }
  throw cli::UsageError(fmt::format(
      "{}: packet {} has another link type than the file's first; a pcap file holds one: name it "
      "*.pcapng",
      options_.write, number_));
}

void Session::print(std::size_t source, const capture::CapturedPacket& packet,
                    const Inside& inside) {
  if (is_json())
    append_packet_record(output_.text(), number_, packet,
                         {sources_[source].format, number_of_source(source)}, inside);
  else
    printer_->append(output_.text(), number_, packet, source, inside);
}

Session::Next Session::on_pause() {
  flush_files();
  return output_.flush() ? Next::go_on : Next::stop;
}

/// Fragments whose datagram never became whole.
void Session::take_incomplete() {
  for (const Fragments& each : reassembly_.rest()) {
    const bool enough = options_.count > 0 && shown_ >= options_.count;
    if (enough || on_fragments(each) == Next::stop) return;
  }
}

/// Story by story, so that long captures need no memory for them all.
void Session::tell() {
  take_incomplete();
  auto journeys = journeys_->journeys();
  JoinedStations joined;
  join_sealed(journeys, joined);
  Telling telling{journeys, journeys_->places(), !options_.diff.empty()};
  bool read = true;
  for (std::size_t i = 0; i < journeys.size() && read; ++i) {
    const inspect::Story story = telling.next();
    inspect::append_story(output_.text(), story, journeys_->places());
    if (pictures_) pictures_->add(story);
    read = output_.packet_done();
  }
  std::string summary = telling.summary();
  if (journeys_->left_out() > 0)
    summary += fmt::format(" {} without IP left out.", count_of(journeys_->left_out()));
  output_.text() += summary + "\n";
  if (pictures_) pictures_->write(summary);
}

void Session::end(const std::optional<std::string>& error) {
  if (is_json() && prints()) append_end_record(output_.text(), shown_, error);
  if (journeys_)
    tell();
  else if (pictures_)
    pictures_->write(count_of(shown_) + ".");
  if (comparison_) output_.text() += comparison_->text(number_);
  if (options_.only_count) output_.text() += fmt::format("{}\n", shown_);
  flush_files();
  output_.flush();
  say_statistics();
}

void Session::flush_files() {
  if (files_) files_->flush();
}

void Session::say_statistics() const {
  if (options_.statistics) fmt::print(stderr, "{}", statistics_.text());
}

}  // namespace culvert::tundump
