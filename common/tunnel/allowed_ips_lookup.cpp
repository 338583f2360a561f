#include "tunnel/allowed_ips.hpp"

namespace culvert::tunnel {

// [tag: lookup]
std::optional<AllowedIps::Owner> AllowedIps::lookup(const IpAddress& address) const {
  const Key key{address};
  auto [at, longest] = enter(root_of(address), key);
  while (at != none) {
    const Node& node = nodes_[at];
    if (!node.holds(key)) break;
    if (node.owner != nobody) longest = node.owner;
    if (node.length == address.bits()) break;
    at = node.children[key.bit(node.length)];
  }

  if (longest == nobody) return std::nullopt;
  return longest;
}
// [end: lookup]

}  // namespace culvert::tunnel
