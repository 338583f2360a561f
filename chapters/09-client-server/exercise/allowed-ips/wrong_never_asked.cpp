// caught by: an address in no prefix is nobody's
// cause: an owner whose prefix does not contain the address: ask each node whether it holds the key
#include "tunnel/allowed_ips.hpp"

namespace culvert::tunnel {

std::optional<AllowedIps::Owner> AllowedIps::lookup(const IpAddress& address) const {
  const Key key{address};
  Owner longest = nobody;
  Index at = root_of(address);
  do {
    const Node& node = nodes_[at];
    if (node.owner != nobody) longest = node.owner;
    if (node.length == address.bits()) break;
    at = node.children[key.bit(node.length)];
  } while (at != none);

  if (longest == nobody) return std::nullopt;
  return longest;
}

}  // namespace culvert::tunnel
