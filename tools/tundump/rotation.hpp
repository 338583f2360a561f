// Rotation: when -w goes on in a further file, and what each is called, as tcpdump's -C, -G and -W have it.
#pragma once

#include <cstdint>
#include <string>

#include "base/time.hpp"

namespace culvert::tundump {

class Rotation {
 public:
  struct Rules {
    std::string name;             // with -G a pattern for strftime(3)
    std::uint64_t megabytes = 0;  // -C, of 1,000,000 bytes; 0: files have no largest size
    std::uint64_t seconds = 0;    // -G; 0: files have no longest time
    std::uint64_t files = 0;      // -W; 0: as many as it takes
  };

  /// The first file begins at `now`.
  Rotation(Rules rules, WallTime now) : rules_(std::move(rules)), began_(now) {}

  enum class Step { stay, next_file, finished };
  /// What comes before the next packet, if the current file has so many bytes. `finished`: -G has filled all of -W's files.
  Step step(WallTime now, std::uint64_t bytes);
  /// Of the current file: the name as it is, with -C a number behind it, from 0 on, as wide as -W's largest.
  std::string file_name() const;

 private:
  Step next_by_time(WallTime now);
  Step next_by_size();

  Rules rules_;
  WallTime began_;             // when the file did, as far as -G is concerned
  std::uint64_t periods_ = 0;  // of -G, that are over
  std::uint64_t number_ = 0;   // behind the name
};

}  // namespace culvert::tundump
