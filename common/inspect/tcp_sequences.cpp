#include "inspect/tcp_sequences.hpp"

#include <tuple>
#include <utility>

namespace culvert::inspect {
namespace {

/// FNV-1a, with a last turn that brings the high bits down: neighbouring addresses must not share a place.
std::uint64_t mix(std::uint64_t hash, Bytes bytes) {
  for (const std::uint8_t byte : bytes) hash = (hash ^ byte) * 0x100000001b3u;
  return hash ^ hash >> 29;
}

}  // namespace

TcpOffsets TcpSequences::on_segment(const TcpDirection& direction, std::uint32_t sequence, std::uint32_t acknowledgment,
                                    bool opens) {
  const bool from_low = std::tie(direction.source, direction.source_port) <=
                        std::tie(direction.destination, direction.destination_port);
  const IpAddress& low = from_low ? direction.source : direction.destination;
  const IpAddress& high = from_low ? direction.destination : direction.source;
  const std::uint32_t low_port = from_low ? direction.source_port : direction.destination_port;
  const std::uint32_t high_port = from_low ? direction.destination_port : direction.source_port;
  const std::uint32_t ports = low_port << 16 | high_port;

  const std::uint64_t key = mix(mix(0xcbf29ce484222325u ^ ports * 0x9e3779b97f4a7c15u, low.bytes()), high.bytes());
  Conversation& known = conversations_[key % conversations_.size()];
  const bool same = known.used && known.key == key && known.ports == ports && known.low == low && known.high == high;
  if (!same || opens) {
    const std::uint32_t other = acknowledgment - 1;  // it acknowledges the SYN, which counts as one byte
    known = {true, key, low, high, ports, from_low ? sequence : other, from_low ? other : sequence};
    return {};
  }
  if (from_low) return {known.low_start, known.high_start};
  return {known.high_start, known.low_start};
}

}  // namespace culvert::inspect
