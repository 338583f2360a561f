// Everything that tundump can say about a capture: what fuzzing and cutting drive.
#pragma once

#include <optional>

#include "capture/reader.hpp"

namespace culvert::test {

struct Shown {
  std::size_t packets = 0;
  std::size_t characters = 0;
  std::optional<capture::FileError> error;
};

/// Reads a capture to its end or its damage and writes each packet behind the first `skip` as a line, a tree and JSON.
Shown show_capture(Bytes file, std::size_t skip = 0);

}  // namespace culvert::test
