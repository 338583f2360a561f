// The lines of --json: one about the capture, one a packet, one about the end. Schema: tundump-json/1.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "capture/captured_packet.hpp"
#include "source.hpp"
#include "tunnels.hpp"

namespace culvert::tundump {

/// `number` is given where there are several sources.
void append_capture_record(std::string& out, const Source& source,
                           std::optional<std::size_t> number);

/// Where a packet came from; `number` is given where there are several sources.
struct JsonOrigin {
  SourceFormat format;
  std::optional<std::size_t> number;
};

/// `number` is the packet's place among all packets, from 1. What a key log opened comes as `inner`, layers of its own whose
/// offsets count from the inner packet's first byte.
void append_packet_record(std::string& out, std::uint64_t number,
                          const capture::CapturedPacket& packet, const JsonOrigin& origin,
                          const Inside& inside);

/// `error` says what was wrong with the file, if anything was.
void append_end_record(std::string& out, std::uint64_t packets,
                       const std::optional<std::string>& error);

}  // namespace culvert::tundump
