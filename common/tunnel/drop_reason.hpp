// DropReason: why a packet ends here. An engine counts its drops and logs nothing, so that a flood stays cheap.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace culvert::tunnel {

enum class DropReason {
  no_peer_yet,   // a packet to send before the other side said hello
  not_the_peer,  // a datagram from somebody else
  bad_message,   // a datagram that is no message of ours
  not_ip,        // neither IPv4 nor IPv6 inside
  too_big,       // for the path; answered with an ICMP error
};

constexpr std::array all_drop_reasons{DropReason::no_peer_yet, DropReason::not_the_peer,
                                      DropReason::bad_message, DropReason::not_ip,
                                      DropReason::too_big};

constexpr std::string_view to_words(DropReason reason) {
  switch (reason) {
    case DropReason::no_peer_yet:
      return "no peer yet";
    case DropReason::not_the_peer:
      return "not from the peer";
    case DropReason::bad_message:
      return "no message of ours";
    case DropReason::not_ip:
      return "no IP packet inside";
    case DropReason::too_big:
      return "too big for the path";
  }
  return "?";
}

/// How often each reason came up.
class DropCounts {
 public:
  void add(DropReason reason) { ++counts_[index(reason)]; }
  std::uint64_t operator[](DropReason reason) const { return counts_[index(reason)]; }

 private:
  static constexpr std::size_t index(DropReason reason) { return static_cast<std::size_t>(reason); }
  std::array<std::uint64_t, all_drop_reasons.size()> counts_{};
};

}  // namespace culvert::tunnel
