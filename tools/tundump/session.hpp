// Session: what happens to each packet, wherever it comes from: filter, count, print, write.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <vector>

#include "capture/filter.hpp"
#include "comparison.hpp"
#include "journeys.hpp"
#include "json_records.hpp"
#include "options.hpp"
#include "output.hpp"
#include "packet_files.hpp"
#include "pictures.hpp"
#include "printer.hpp"
#include "reassembly.hpp"
#include "source.hpp"
#include "statistics.hpp"
#include "tunnels.hpp"

namespace culvert::tundump {

/// Throws cli::UsageError with a caret under the word that is not understood.
capture::Filter compile_filter(const std::string& expression, std::uint16_t link_type);

class Session {
 public:
  explicit Session(const Options& options);

  /// Called once, before the first packet. Compiles the filter, which throws cli::UsageError if it is wrong, and opens -w.
  void begin(std::vector<Source> sources);

  /// Every input and output is open: from here on as the user of -Z.
  void all_open();

  enum class Next { go_on, stop };
  /// A packet from a file: filtered here. `stop` once -c is reached, or nobody reads our output any more.
  Next on_packet(std::size_t source, const capture::CapturedPacket& packet);
  /// A packet that the kernel has filtered already.
  Next on_filtered_packet(std::size_t source, const capture::CapturedPacket& packet);
  /// Keys that came with an input.
  void on_secrets(const std::string& key_log, const std::string& from);
  /// Nothing is waiting: show what there is.
  Next on_pause();
  /// What -w has to say to its file so far.
  void flush_files();
  /// What --stats has to say so far, if it was asked for.
  void say_statistics() const;
  /// The end: writes what is left, and the number for --count. `error`: what was wrong with the input.
  void end(const std::optional<std::string>& error = std::nullopt);

  /// The filter for one link type; a pcapng file may have several.
  const capture::Filter* filter_for(std::uint16_t link_type);
  /// How many packets there were, filtered or not.
  std::uint64_t seen() const { return number_; }
  /// How many packets were shown, counted or written.
  std::uint64_t shown() const { return shown_; }

 private:
  void open_places();
  void open_writer();
  capture::FileFormat format_of_output() const;
  std::optional<std::size_t> number_of_source(std::size_t source) const;
  Inside look(std::size_t source, const capture::CapturedPacket& packet);
  bool matches_inside(const capture::CapturedPacket& outer, const Inside& inside) const;
  using CapturedPackets = std::span<const capture::CapturedPacket>;
  Next on_match(std::size_t source, const capture::CapturedPacket& packet, const Inside& inside,
                CapturedPackets as_captured);
  Next on_match(std::size_t source, const capture::CapturedPacket& packet, const Inside& inside) {
    return on_match(source, packet, inside, {&packet, 1});
  }
  bool is_fragment(const capture::CapturedPacket& packet) const;
  Next on_fragment(std::size_t source, const capture::CapturedPacket& packet);
  Next on_fragments(const Fragments& fragments);
  void take_incomplete();
  void print(std::size_t source, const capture::CapturedPacket& packet, const Inside& inside);
  void tell();
  bool write(std::size_t source, const capture::CapturedPacket& packet);
  bool is_json() const { return options_.form == Form::json; }
  bool draws() const { return !options_.html.empty() || !options_.svg.empty(); }
  bool prints() const {
    return !options_.only_count && !options_.journey && !comparison_ &&
           (!files_ || options_.print_too);
  }

  const Options& options_;
  std::string expression_;
  std::map<std::uint16_t, capture::Filter> filters_;
  std::optional<capture::Filter> inner_filter_;
  Tunnels tunnels_;
  bool looks_inside_;
  std::optional<Journeys> journeys_;
  Reassembly reassembly_;
  std::optional<Pictures> pictures_;
  std::optional<Comparison> comparison_;
  std::optional<Printer> printer_;
  std::optional<PacketFiles> files_;
  Statistics statistics_;
  Output output_;
  std::vector<Source> sources_;
  std::uint64_t number_ = 0;
  std::uint64_t matched_ = 0;
  std::uint64_t shown_ = 0;
};

}  // namespace culvert::tundump
