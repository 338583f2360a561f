// caught by: the owner of a prefix is found
// cause: nobody is found, though a prefix contains the address: a fork without an owner is not the end of the walk
#include "tunnel/allowed_ips.hpp"

namespace culvert::tunnel {

std::optional<AllowedIps::Owner> AllowedIps::lookup(const IpAddress& address) const {
  const Key key{address};
  Owner longest = nobody;
  Index at = root_of(address);
  do {
    const Node& node = nodes_[at];
    if (!node.holds(key)) break;
    if (node.owner == nobody) break;
    longest = node.owner;
    if (node.length == address.bits()) break;
    at = node.children[key.bit(node.length)];
  } while (at != none);

  if (longest == nobody) return std::nullopt;
  return longest;
}

}  // namespace culvert::tunnel
