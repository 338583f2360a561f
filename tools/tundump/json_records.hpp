// The lines of --json: one about the capture, one a packet, one about the end. Schema: tundump-json/1.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "capture/captured_packet.hpp"

namespace culvert::tundump {

enum class SourceFormat { pcap, pcapng, live };

void append_capture_record(std::string& out, std::string_view source, SourceFormat format);

/// `number` is the packet's place in its input, from 1.
void append_packet_record(std::string& out, std::uint64_t number, const capture::CapturedPacket& packet,
                          SourceFormat format);

/// `error` says what was wrong with the file, if anything was.
void append_end_record(std::string& out, std::uint64_t packets, const std::optional<std::string>& error);

}  // namespace culvert::tundump
