// DropReason: why a packet ends here. An engine counts its drops and logs nothing, so that a flood stays cheap.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace culvert::tunnel {

enum class DropReason {
  // of the plain tunnel
  no_peer_yet,
  not_the_peer,
  // of every tunnel
  bad_message,
  not_ip,
  too_big,
  // outbound
  no_route,
  no_endpoint,
  no_private_key,
  too_many_waiting,
  no_answer,
  // handshakes
  bad_mac1,
  bad_handshake,
  unknown_peer,
  old_initiation,
  hasty_initiation,
  unexpected_response,
  cookie_demanded,
  bad_cookie,
  too_many_from_there,
  // inbound
  unknown_session,
  expired_session,
  bad_tag,
  replayed,
  bad_length,
  wrong_source,
};

struct DropReasonText {
  DropReason reason;
  std::string_view words;
  std::string_view sentence;
};

constexpr std::array drop_reason_texts{
    DropReasonText{DropReason::no_peer_yet, "no peer yet",
                   "A packet was to be sent before the other side had said hello."},
    DropReasonText{DropReason::not_the_peer, "not from the peer",
                   "A datagram came from somebody else than the peer."},
    DropReasonText{DropReason::bad_message, "no message of ours",
                   "A datagram had the type or length of no message that we know."},
    DropReasonText{DropReason::not_ip, "no IP packet inside",
                   "What was to be carried, or was carried, is neither IPv4 nor IPv6."},
    DropReasonText{DropReason::too_big, "too big for the path",
                   "A packet did not fit into the path to the peer."},
    DropReasonText{DropReason::no_route, "no peer owns the destination",
                   "No peer's allowed IPs contain the packet's destination."},
    DropReasonText{
        DropReason::no_endpoint, "the peer's address is not known",
        "The peer has no endpoint and has not been heard of: nobody knows where to send."},
    DropReasonText{DropReason::no_private_key, "no private key",
                   "This side has no private key, so it can neither open nor begin a session."},
    DropReasonText{DropReason::too_many_waiting, "too many wait for a session",
                   "While a handshake ran, more packets came than may wait; the oldest had to go."},
    DropReasonText{
        DropReason::no_answer, "the peer did not answer",
        "The packet waited for a session, but the peer answered no initiation for 90 seconds."},
    DropReasonText{
        DropReason::bad_mac1, "made without our public key",
        "The sender of a handshake message does not know our public key, so it gets no answer."},
    DropReasonText{DropReason::bad_handshake, "handshake did not open",
                   "A handshake message was forged, damaged, or made with other keys."},
    DropReasonText{DropReason::unknown_peer, "from nobody we know",
                   "The sender of an initiation is genuine but not among our peers."},
    DropReasonText{DropReason::old_initiation, "initiation is not new",
                   "An initiation is not newer than the last one of this peer: replayed, or its "
                   "clock went back."},
    DropReasonText{DropReason::hasty_initiation, "initiations too close together",
                   "A peer sent two initiations within 20 milliseconds."},
    DropReasonText{DropReason::unexpected_response, "response to no question",
                   "A response answers no initiation that is still open."},
    DropReasonText{DropReason::cookie_demanded, "asked for a cookie first",
                   "Under load the sender of a handshake message has to prove its address; it was "
                   "sent a cookie."},
    DropReasonText{DropReason::bad_cookie, "cookie for no message of ours",
                   "A cookie reply did not open: it answers no handshake message of ours."},
    DropReasonText{DropReason::too_many_from_there, "too many handshakes from there",
                   "Under load one address sent more than 20 handshake messages a second."},
    DropReasonText{
        DropReason::unknown_session, "of no session",
        "A data message names a session that we do not have, perhaps one from before a restart."},
    DropReasonText{DropReason::expired_session, "session too old",
                   "A data message belongs to a session that is older than 180 seconds."},
    DropReasonText{DropReason::bad_tag, "not authentic",
                   "A data message was forged, damaged, or sealed with another key."},
    DropReasonText{DropReason::replayed, "seen before",
                   "A data message came a second time, or later than the replay window remembers."},
    DropReasonText{DropReason::bad_length, "inner length is wrong",
                   "The inner packet claims to be longer than what arrived."},
    DropReasonText{DropReason::wrong_source, "inner source is not the peer's",
                   "A peer sent an inner packet from an address outside of its allowed IPs."},
};

constexpr const DropReasonText& text_of(DropReason reason) {
  return drop_reason_texts[static_cast<std::size_t>(reason)];
}
constexpr std::string_view to_words(DropReason reason) { return text_of(reason).words; }

constexpr auto all_drop_reasons = [] {
  std::array<DropReason, drop_reason_texts.size()> reasons{};
  for (std::size_t i = 0; i < reasons.size(); ++i) reasons[i] = drop_reason_texts[i].reason;
  return reasons;
}();

/// How often each reason came up.
class DropCounts {
 public:
  void add(DropReason reason, std::uint64_t times = 1) { counts_[index(reason)] += times; }
  std::uint64_t operator[](DropReason reason) const { return counts_[index(reason)]; }

 private:
  static constexpr std::size_t index(DropReason reason) { return static_cast<std::size_t>(reason); }
  std::array<std::uint64_t, all_drop_reasons.size()> counts_{};
};

}  // namespace culvert::tunnel
