// caught by: the longest prefix wins
// cause: the shortest prefix wins, and it should be the longest: the walk stops at the first owner
#include "tunnel/allowed_ips.hpp"

namespace culvert::tunnel {

std::optional<AllowedIps::Owner> AllowedIps::lookup(const IpAddress& address) const {
  const Key key{address};
  Owner longest = nobody;
  Index at = root_of(address);
  do {
    const Node& node = nodes_[at];
    if (!node.holds(key)) break;
    if (node.owner != nobody) return node.owner;
    if (node.length == address.bits()) break;
    at = node.children[key.bit(node.length)];
  } while (at != none);

  if (longest == nobody) return std::nullopt;
  return longest;
}

}  // namespace culvert::tunnel
