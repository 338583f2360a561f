// The command line of tundump: a letter that tcpdump has means the same here, everything new is a long option.
#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "capture/live.hpp"
#include "cli/colour.hpp"
#include "completions.hpp"

namespace culvert::tundump {

/// The one form in which a packet is shown; the last one named wins.
enum class Form { line, tree, bytes, draw, json, fields };

enum class Checksums { bad, show, off };

struct Options {
  std::vector<std::string> devices;  // -i
  std::vector<std::string> files;    // -r
  bool repair = false;
  std::string write;  // -w
  bool print_too = false;
  bool list_devices = false;     // -D
  bool list_link_types = false;  // -L
  std::string link_type;         // -y

  std::uint64_t count = 0;  // 0: all
  std::uint64_t skip = 0;
  bool only_count = false;
  std::uint32_t snap_length = 262144;
  std::uint32_t buffer_kib = 0;
  capture::Direction direction = capture::Direction::both;
  bool no_promiscuous = false;
  bool line_buffered = false;
  bool packet_buffered = false;      // -U
  std::uint64_t file_megabytes = 0;  // -C
  std::uint64_t file_seconds = 0;    // -G
  std::uint64_t file_count = 0;      // -W
  std::string user;                  // -Z
  bool statistics = false;

  std::string filter_file;
  std::vector<std::string> filter_words;
  std::string inner_filter;
  int show_filter = 0;  // -d: in words, -dd: in C, -ddd: in numbers

  std::string key_log;  // --keylog
  bool inner = false;
  bool journey = false;
  std::string diff;       // "A,B"; "true" in a journey; empty: not wanted
  std::string html, svg;  // files to be written
  std::string command;    // as it was typed, for their imprint

  Form form = Form::line;
  std::string fields;  // of --fields
  bool header = false;
  bool explain = false;
  Checksums checksums = Checksums::bad;
  std::optional<std::string> list_fields;  // of this layer, or all if empty
  std::string explain_field;
  std::optional<Shell> completion;
  int verbosity = 0;
  bool link_header = false;
  bool quiet = false;
  bool names = false;
  bool absolute_sequences = false;
  bool number = false;
  int time_form = 0;  // how many -t
  bool nanoseconds = false;
  int hex = 0;  // -x, -xx
  int hex_and_text = 0;
  bool text = false;  // -A
  cli::ColourChoice colour = cli::ColourChoice::automatic;
};

/// Adds every option to `app`, which fills `options` when it parses.
void add_options(CLI::App& app, Options& options);

/// Refuses what contradicts itself: throws cli::UsageError.
void check(const Options& options);

/// The filter expression of the command line or of -F; empty means every packet. Throws std::system_error for a file.
std::string filter_expression(const Options& options);

}  // namespace culvert::tundump
