// Source: a file or device that packets come from, as far as all of them agree.
#pragma once

#include <cstdint>
#include <string>

namespace culvert::tundump {

enum class SourceFormat { pcap, pcapng, live };

/// What is known about an input before its first packet.
struct Source {
  std::string label;  // empty: none
  std::string name;   // of the file or device
  SourceFormat format = SourceFormat::live;
  std::uint16_t link_type = 1;
  bool nanoseconds = false;
};

}  // namespace culvert::tundump
