// MacTable: behind which port of a switch a station is. A switch learns it from the source of every frame; nobody tells it.
// IEEE 802.1D, section 7.8 (the filtering database). learn() and find() stand alone in their .cpp so that a learner's own
// can take their place.
#pragma once

#include <map>
#include <optional>

#include "base/endpoint.hpp"
#include "base/time.hpp"

namespace culvert::tunnel {

/// Where frames come in and go out: our own TAP device, or the end of a tunnel.
struct Port {
  std::optional<Endpoint> remote;  // none: the TAP device
  auto operator<=>(const Port&) const = default;
};

class MacTable {
 public:
  /// A station that was not heard for so long may have moved.
  static constexpr auto age = std::chrono::minutes{5};
  /// More stations than this are not remembered: a flood of made-up addresses must not fill the memory.
  static constexpr std::size_t max_stations = 1024;

  /// A frame from this address came in by this port. Group addresses are nobody's and are not learnt.
  void learn(const MacAddress& station, const Port& port, Instant now);
  /// The port behind which it was heard last; none if it never was, or not for `age`.
  std::optional<Port> find(const MacAddress& station, Instant now) const;

  std::size_t size() const { return stations_.size(); }

 private:
  struct Heard {
    Port port;
    Instant at;
  };
  std::map<MacAddress, Heard> stations_;
  Instant clean_again_{};  // not before: a flood must not make us walk the table for each of its frames
};

/// Broadcast and multicast: the lowest bit of the first byte (IEEE 802, section 8.2).
inline bool is_group(const MacAddress& address) { return (address.bytes()[0] & 1u) != 0; }

}  // namespace culvert::tunnel
