// A learner's right solution of exercise 09 that also says that it was asked.
#include <cstdio>

#include "tunnel/allowed_ips.hpp"

namespace culvert::tunnel {

std::optional<AllowedIps::Owner> AllowedIps::lookup(const IpAddress& address) const {
  [[maybe_unused]] static const int said = std::fputs("the learner's lookup\n", stderr);  // once
  const Key key{address};
  std::optional<Owner> longest;
  for (Index at = root_of(address); at != none;) {
    const Node& node = nodes_[at];
    if (!node.holds(key)) break;
    if (node.owner != nobody) longest = node.owner;
    if (node.length == address.bits()) break;
    at = node.children[key.bit(node.length)];
  }
  return longest;
}

}  // namespace culvert::tunnel
