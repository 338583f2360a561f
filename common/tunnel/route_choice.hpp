// The one rule of routing: of all routes that contain the destination, the most specific one wins.
// RFC 1812, section 5.2.4.3. It stands alone in its .cpp so that a learner's own can take its place.
#pragma once

#include <span>

#include "base/route.hpp"

namespace culvert::tunnel {

/// The route of `table` that carries a packet to `destination`: the longest prefix, and among equally long ones the
/// smallest metric, and among those the first. Dead routes do not count. nullptr if no route contains the address.
const Route* choose_route(std::span<const Route> table, const IpAddress& destination);

}  // namespace culvert::tunnel
