// Journeys: the same packet at every place where it was captured, as one story each, with what changed on the way and where
// it was lost. For --journey and --diff.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <memory_resource>
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

/// All bytes of a packet, to be drawn.
struct Kept {
  inspect::KeptBytes outside = {};  // what was captured
  inspect::KeptBytes inside = {};   // and what a key opened in it
};

/// A packet at one place. Only its beginning is kept, so that a long capture fits into memory. Texts and bytes lie where their
/// Journeys or JoinedStations keeps them: hundreds of thousands of small pieces would cost more to allocate than to fill.
struct Appearance {
  std::uint32_t place = 0;
  std::uint32_t size = 0;  // of the inner packet
  std::optional<WallTime> time;
  IpAddress source, destination;
  std::string_view line;    // as tundump shows it, the tunnel around it first
  std::string_view remark;  // of the key log
  std::string_view around =
      {};                    // "20 IPv4, 8 UDP, 16 WireGuard, 16 tag"; empty outside of a tunnel
  std::size_t overhead = 0;  // bytes around it
  std::uint32_t room =
      0;              // an encrypted datagram that nobody opened: for how many bytes it has room
  bool asked = true;  // false: to be told only as a part of another packet's journey
  Bytes head = {};    // of the inner packet
  std::shared_ptr<const Kept> kept = nullptr;  // for a page; nothing where nobody draws
  Appearance* next_equal = nullptr;            // the next that looks the same, at whatever place
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
  /// Packets that look the same, at all places: the beginning and the end of a chain.
  struct Equals {
    Appearance* first = nullptr;
    Appearance* last = nullptr;
  };
  Bytes stored(Bytes bytes);
  std::string_view stored(std::string_view text);
  Appearance* keep(const capture::CapturedPacket& captured, const wire::Packet& packet,
                   const Inside& inside, std::size_t place);
  void chain(Equals& equals, Appearance& appearance);

  std::pmr::monotonic_buffer_resource memory_;
  std::string line_;                    // used again for each packet
  std::deque<Appearance> appearances_;  // in the order of the capture
  std::vector<Equals> equals_;
  std::unordered_map<std::uint64_t, std::size_t> known_;  // identity, and which of equals_ it is
  std::set<std::string> tunnels_;                         // what stands around packets, each once
  std::uint64_t left_out_ = 0;
};

}  // namespace culvert::tundump
