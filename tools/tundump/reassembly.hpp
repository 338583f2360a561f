// Reassembly: a datagram that travelled in fragments, put together as its receiver does it, so that one can look into the
// tunnel that it carries. RFC 791, section 3.2; RFC 8200, section 4.5. What never becomes whole comes back as it was captured.
#pragma once

#include <cstdint>
#include <list>
#include <map>
#include <optional>
#include <vector>

#include "base/ip_address.hpp"
#include "capture/captured_packet.hpp"
#include "wire/packet.hpp"

namespace culvert::tundump {

/// A packet that outlives the capture's buffer.
class OwnedPacket {
 public:
  OwnedPacket(const capture::CapturedPacket& captured, std::vector<std::uint8_t> bytes);
  explicit OwnedPacket(const capture::CapturedPacket& captured)
      : OwnedPacket(captured, {captured.bytes.begin(), captured.bytes.end()}) {}

  capture::CapturedPacket packet() const;

 private:
  capture::CapturedPacket captured_;
  std::vector<std::uint8_t> bytes_;
};

/// The fragments of one datagram, as they were captured, in the order of the capture.
struct Fragments {
  std::size_t source = 0;
  std::vector<OwnedPacket> packets = {};
  std::optional<OwnedPacket> whole =
      {};  // raw IP, with the first one's time; nothing if a part is missing
};

class Reassembly {
 public:
  static constexpr std::size_t most_bytes = 4 << 20;              // held at once
  static constexpr std::size_t most_fragments = 256;              // of one datagram
  static constexpr Duration patience = std::chrono::seconds{30};  // as long as Linux waits

  /// Is its outermost datagram in fragments?
  static bool is_fragment(const wire::Packet& packet);

  /// Takes a fragment. The result: the datagram that it completes, and those for which nobody waits any longer.
  std::vector<Fragments> add(const capture::CapturedPacket& captured, const wire::Packet& packet,
                             std::size_t source);
  /// The end: what is still incomplete, oldest first.
  std::vector<Fragments> rest();

  std::size_t held_bytes() const { return held_bytes_; }

 private:
  /// Fragments of one datagram agree in it.
  struct Key {
    std::size_t source;
    IpAddress from, to;
    std::uint32_t identification;
    wire::Protocol protocol;
    auto operator<=>(const Key&) const = default;
  };
  struct Piece;
  struct Held {
    Key key;
    Fragments fragments;
  };

  static std::optional<Piece> piece_of(const wire::Packet& packet);
  static std::optional<OwnedPacket> put_together(const Fragments& fragments);
  Fragments take(std::list<Held>::iterator held);

  std::list<Held> held_;  // oldest first
  std::map<Key, std::list<Held>::iterator> by_key_;
  std::size_t held_bytes_ = 0;
};

}  // namespace culvert::tundump
