// Journeys: the same packet at every place where it was captured, as one story each, with what changed on the way and where
// it was lost. For --journey and --diff.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/ip_address.hpp"
#include "capture/captured_packet.hpp"
#include "inspect/story.hpp"
#include "tunnels.hpp"
#include "wire/packet.hpp"

namespace culvert::tundump {

/// A packet at one place. Only its beginning is kept, so that a long capture fits into memory.
struct Appearance {
  std::uint32_t place = 0;
  std::uint32_t size = 0;  // of the inner packet
  std::optional<WallTime> time;
  IpAddress source, destination;
  std::string line;    // as tundump shows it, the tunnel around it first
  std::string remark;  // of the key log
  std::string_view around =
      {};                    // "20 IPv4, 8 UDP, 16 WireGuard, 16 tag"; empty outside of a tunnel
  std::size_t overhead = 0;  // bytes around it
  std::uint32_t room =
      0;              // of an encrypted datagram that nobody opened: for how many bytes it has room
  bool asked = true;  // false: to be told only as a part of another packet's journey
  std::vector<std::uint8_t> head = {};  // of the inner packet
  inspect::KeptBytes outside = {};      // for a page: what was captured
  inspect::KeptBytes inside = {};       // and what a key opened in it
};

/// One packet's appearances, in the order of time.
struct Journey {
  std::vector<const Appearance*> stations;
  bool ambiguous = false;  // at some place it was seen more often than at another
};

/// "61 µs", "12.4 ms".
std::string duration_text(Duration duration);

inspect::KeptBytes kept(const capture::CapturedPacket& captured);

/// What stands around an inner packet of that size.
struct Around {
  std::string text;
  std::size_t overhead = 0;
};
Around around(const wire::Packet& outer, std::size_t inner_size);

class Journeys {
 public:
  /// Of the first `pages` packets everything is kept, to be drawn.
  Journeys(std::vector<std::string> places, std::size_t pages)
      : places_(std::move(places)), pages_(pages) {}

  void add(const capture::CapturedPacket& captured, const wire::Packet& packet,
           const Inside& inside, std::size_t place);
  /// A packet that the filter does not want, but which may hold one that it wants: an encrypted datagram.
  void add_unasked(const capture::CapturedPacket& captured, const wire::Packet& packet,
                   const Inside& inside, std::size_t place);

  /// They point into this object.
  std::vector<Journey> journeys() const;
  const std::vector<std::string>& places() const { return places_; }
  /// How many captured packets were not IP.
  std::uint64_t left_out() const { return left_out_; }

 private:
  std::vector<std::string> places_;
  std::size_t pages_;
  std::unordered_map<std::uint64_t, std::size_t> known_;  // identity to index
  std::vector<std::vector<Appearance>> appearances_;      // of equal packets, at all places
  std::set<std::string> tunnels_;                         // what stands around packets, each once
  std::uint64_t left_out_ = 0;
};

}  // namespace culvert::tundump
