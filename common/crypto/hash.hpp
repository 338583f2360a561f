// BLAKE2s, the hash function of WireGuard, plain and with a key. RFC 7693; WireGuard's paper, section 5.4: HASH and MAC.
#pragma once

#include <array>
#include <initializer_list>

#include "base/bytes.hpp"

namespace culvert::crypto {

using Hash = std::array<std::uint8_t, 32>;
using Mac = std::array<std::uint8_t, 16>;

/// Of all parts one after the other: hash({a, b}) is HASH(a || b).
Hash hash(std::initializer_list<Bytes> parts);

/// BLAKE2s takes a key of up to 32 bytes itself: who does not know it can neither make nor check the result.
Hash keyed_hash(Bytes key, Bytes message);
Mac mac(Bytes key, Bytes message);

}  // namespace culvert::crypto
