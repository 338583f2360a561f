// Capture files in memory, made by hand.
#pragma once

#include "capture/reader.hpp"
#include "support/bytes.hpp"

namespace culvert::test {

inline std::string join(std::initializer_list<std::string_view> parts) {
  std::string all;
  for (const auto part : parts) {
    all += part;
    all += ' ';
  }
  return all;
}

/// What a reader gives of a file: the packets, then the error if there is one.
struct Contents {
  struct Packet {
    std::string hex;
    std::uint32_t wire_length;
    std::optional<std::int64_t> nanoseconds;
    std::uint16_t link_type;
    std::uint32_t section;
    std::uint32_t interface;
  };
  std::vector<Packet> packets;
  std::optional<capture::FileError> error;
};

inline Contents read_all(Bytes file) {
  Contents contents;
  auto reader = capture::Reader::open(capture::memory_source(file));
  if (!reader) {
    contents.error = reader.error();
    return contents;
  }
  while (true) {
    const auto packet = (*reader)->next();
    if (!packet) {
      contents.error = packet.error();
      return contents;
    }
    if (!*packet) return contents;
    std::optional<std::int64_t> time;
    if ((*packet)->time) time = (*packet)->time->time_since_epoch().count();
    contents.packets.push_back({to_hex((*packet)->bytes), (*packet)->wire_length, time,
                                (*packet)->link_type, (*packet)->section, (*packet)->interface});
  }
}

}  // namespace culvert::test
