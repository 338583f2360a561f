// Pictures: what --html and --svg write: the stories of the first packets, once all of them are known.
#pragma once

#include <fstream>
#include <optional>
#include <string>

#include "inspect/lanes.hpp"
#include "inspect/page.hpp"
#include "journeys.hpp"
#include "options.hpp"
#include "tunnels.hpp"

namespace culvert::tundump {

class Pictures {
 public:
  /// More would make a file that no browser likes.
  static constexpr std::size_t most_packets = 500;

  /// Opens the files first: throws std::system_error before an hour of packets was captured for nothing.
  Pictures(const Options& options, const std::vector<std::string>& places);

  void add(const inspect::Story& story);
  /// A single packet of a capture without a journey.
  void add(const capture::CapturedPacket& captured, const Inside& inside, std::size_t place);
  /// `summary` says what was seen in all.
  void write(const std::string& summary);

 private:
  struct File {
    std::string name;
    std::ofstream stream;
    void write(const std::string& text);
  };

  const Options& options_;
  std::optional<File> html_, svg_;
  inspect::Page page_;
  inspect::Lanes lanes_;
  std::optional<WallTime> begin_;
  std::size_t added_ = 0;
  std::size_t left_out_ = 0;
};

}  // namespace culvert::tundump
