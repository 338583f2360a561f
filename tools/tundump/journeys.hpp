// Journeys: the same packet at every place where it was captured, as one story each, with what changed on the way and where
// it was lost. For --journey and --diff.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/ip_address.hpp"
#include "capture/captured_packet.hpp"
#include "source.hpp"
#include "tunnels.hpp"
#include "wire/packet.hpp"

namespace culvert::tundump {

/// A packet at one place. Only its beginning is kept, so that a long capture fits into memory.
struct Appearance {
  std::size_t place = 0;
  std::optional<WallTime> time;
  std::string line;          // as tundump shows it, the tunnel around it first
  std::string around = {};   // "20 IPv4, 8 UDP, 16 WireGuard, 16 tag"; empty outside of a tunnel
  std::size_t overhead = 0;  // bytes around it
  std::string remark;        // of the key log
  std::uint32_t size = 0;    // of the inner packet
  IpAddress source, destination;
  std::vector<std::uint8_t> head = {};  // of the inner packet
};

/// One packet's appearances, in the order of time.
struct Journey {
  std::vector<Appearance> stations;
  bool ambiguous = false;  // at some place it was seen more often than at another
};

class Journeys {
 public:
  explicit Journeys(std::vector<std::string> places) : places_(std::move(places)) {}

  void add(const capture::CapturedPacket& captured, const wire::Packet& packet,
           const Inside& inside, std::size_t place);

  /// Every story, and a summary. `with_changes` is --diff.
  std::string text(bool with_changes) const;

  std::vector<Journey> journeys() const;
  const std::vector<std::string>& places() const { return places_; }

 private:
  std::vector<std::string> places_;
  std::unordered_map<std::uint64_t, std::size_t> known_;  // identity to index
  std::vector<std::vector<Appearance>> appearances_;      // of equal packets, at all places
  std::uint64_t left_out_ = 0;
};

}  // namespace culvert::tundump
