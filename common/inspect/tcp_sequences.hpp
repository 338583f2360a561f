// Sequence numbers as people want them: counted from the beginning of their conversation, as tcpdump prints them.
// The table has a fixed size, so that a capture of any length costs the same; a crowded-out conversation begins anew.
#pragma once

#include <cstdint>
#include <vector>

#include "base/ip_address.hpp"

namespace culvert::inspect {

struct TcpDirection {
  IpAddress source;
  IpAddress destination;
  std::uint16_t source_port = 0;
  std::uint16_t destination_port = 0;
};

/// What is to be taken away from a segment's numbers; nothing in the first one of a conversation.
struct TcpOffsets {
  std::uint32_t sequence = 0;
  std::uint32_t acknowledgment = 0;
};

class TcpSequences {
 public:
  /// `capacity` conversations at once, at most.
  explicit TcpSequences(std::size_t capacity = 4096) : conversations_(capacity) {}

  /// Called for each segment that acknowledges. `opens`: it carries SYN, so that its numbers start a conversation.
  TcpOffsets on_segment(const TcpDirection& direction, std::uint32_t sequence,
                        std::uint32_t acknowledgment, bool opens);

 private:
  struct Conversation {
    bool used = false;
    std::uint64_t key = 0;
    IpAddress low;  // whoever compares lower, so that both directions meet
    IpAddress high;
    std::uint32_t ports = 0;
    std::uint32_t low_start = 0;  // first number that the lower one sends
    std::uint32_t high_start = 0;
  };

  std::vector<Conversation> conversations_;
};

}  // namespace culvert::inspect
