// One packet out of a file or a device, with what the capture knows about it.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/bytes.hpp"
#include "base/time.hpp"

namespace culvert::capture {

enum class Direction { both, in, out };

/// Bytes and texts belong to whoever captured them and last until the next packet is asked for.
struct CapturedPacket {
  Bytes bytes;                    // as many as were captured
  std::uint32_t wire_length = 0;  // as many as there were
  std::optional<WallTime> time;   // nothing where the file has none (pcapng Simple Packet Block)
  std::uint16_t link_type = 1;    // LINKTYPE_ number
  std::uint32_t section = 0;      // of a pcapng file, from 0
  std::uint32_t interface = 0;    // within its section, from 0
  Direction direction = Direction::both;  // `both`: not known
  std::string_view device = {};           // where it was captured; empty: not known
  std::string_view comment = {};          // of a pcapng file
};

}  // namespace culvert::capture
