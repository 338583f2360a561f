// The numbers of the protocol: how long and how often a session may be used, and when its ends speak up.
// WireGuard: Next Generation Kernel Network Tunnel, section 6.1.
#pragma once

#include <chrono>
#include <cstdint>

namespace culvert::tunnel {

// [tag: limits]
/// A session of this age or with so many messages is worth a new handshake ...
constexpr auto rekey_after_time = std::chrono::seconds{120};
constexpr std::uint64_t rekey_after_messages = std::uint64_t{1} << 60;
/// ... and behind these limits it carries nothing any more.
constexpr auto reject_after_time = std::chrono::seconds{180};
constexpr std::uint64_t reject_after_messages = UINT64_MAX - (std::uint64_t{1} << 13);

/// An unanswered initiation is repeated after this time, and a random moment more, so that two ends that began at once
/// do not go on doing so; after rekey_attempt_time nobody repeats it any more.
constexpr auto rekey_timeout = std::chrono::seconds{5};
constexpr auto rekey_jitter = std::chrono::milliseconds{333};
constexpr auto rekey_attempt_time = std::chrono::seconds{90};

/// Who only receives says after this time, with an empty packet, that it is still there.
constexpr auto keepalive_timeout = std::chrono::seconds{10};
/// Who has sent and heard nothing for so long starts a new handshake.
constexpr auto silence_timeout = keepalive_timeout + rekey_timeout;
/// Keys that nothing renewed for so long are wiped.
constexpr auto forget_keys_after = 3 * reject_after_time;
// [end: limits]

}  // namespace culvert::tunnel
