// One floor apart: TUN carries IP packets (layer 3), TAP carries Ethernet frames (layer 2).
#pragma once

#include <cstdint>

namespace culvert::io {

/// In the kernel's numbering (IFF_TUN, IFF_TAP).
enum class TunMode : std::uint8_t { tun = 1, tap = 2 };

}  // namespace culvert::io
