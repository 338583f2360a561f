// "That is me, and here is my address": the answer to an ARP request. RFC 826. It stands alone in its .cpp so that a
// learner's own can take its place.
#pragma once

#include <optional>

#include "base/ip_address.hpp"

namespace culvert::wire {

/// Who answers.
struct Station {
  MacAddress mac;
  Ipv4Address ip;
};

/// The Ethernet frame that answers the ARP request in `frame`, written to the beginning of `out`, which must have room for
/// 42 bytes. Nothing if `frame` is no request for our address; requests by others about others are none of our business.
std::optional<MutableBytes> build_arp_reply(MutableBytes out, Bytes frame, const Station& us);

}  // namespace culvert::wire
