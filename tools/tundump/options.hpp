// The command line of tundump: a letter that tcpdump has means the same here, everything new is a long option.
#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cli/colour.hpp"

namespace culvert::tundump {

struct Options {
  std::string device;  // -i
  std::string file;    // -r
  std::string write;   // -w
  bool print_too = false;
  bool list_devices = false;

  std::uint64_t count = 0;  // 0: all
  std::uint64_t skip = 0;
  bool only_count = false;
  std::uint32_t snap_length = 262144;
  bool no_promiscuous = false;
  bool line_buffered = false;

  std::string filter_file;
  std::vector<std::string> filter_words;

  int verbosity = 0;
  bool link_header = false;
  bool quiet = false;
  bool absolute_sequences = false;
  bool number = false;
  int time_form = 0;  // how many -t
  int hex = 0;        // -x, -xx
  int hex_and_text = 0;
  bool text = false;  // -A
  bool tree = false;
  bool json = false;
  cli::ColourChoice colour = cli::ColourChoice::automatic;
};

/// Adds every option to `app`, which fills `options` when it parses.
void add_options(CLI::App& app, Options& options);

/// Refuses what contradicts itself: throws cli::UsageError.
void check(const Options& options);

/// The filter expression of the command line or of -F; empty means every packet. Throws std::system_error for a file.
std::string filter_expression(const Options& options);

}  // namespace culvert::tundump
