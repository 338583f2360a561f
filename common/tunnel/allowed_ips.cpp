#include "tunnel/allowed_ips.hpp"

#include <algorithm>
#include <utility>

namespace culvert::tunnel {

std::optional<AllowedIps::Owner> AllowedIps::insert(const Prefix& prefix, Owner owner) {
  const Index root = root_of(prefix.address());
  const Index node = node_for(root, Key{prefix.address()}, prefix.length());
  const Owner before = std::exchange(nodes_[node].owner, owner);
  is_old_ = true;
  if (before != nobody) return before;
  ++sizes_[root];
  return std::nullopt;
}

AllowedIps::Index AllowedIps::node_for(Index root, const Key& key, unsigned length) {
  Index at = root;
  while (nodes_[at].length < length) {
    const std::size_t side = key.bit(nodes_[at].length);
    const Index child = nodes_[at].children[side];
    if (child != none && nodes_[child].length <= length && nodes_[child].holds(key)) {
      at = child;
      continue;
    }
    // Nothing is there, or something that lies inside our prefix, or beside it.
    const unsigned shared =
        child == none ? length : std::min(length, key.common(nodes_[child].key));
    const Index made = make_node(key, shared);
    if (child != none) nodes_[made].children[nodes_[child].key.bit(shared)] = child;
    nodes_[at].children[side] = made;
    at = made;
  }
  return at;
}

AllowedIps::Index AllowedIps::make_node(const Key& key, unsigned length) {
  if (unused_.empty()) {
    nodes_.push_back({key, length});
    return static_cast<Index>(nodes_.size() - 1);
  }
  const Index index = unused_.back();
  unused_.pop_back();
  nodes_[index] = {key, length};
  return index;
}

std::optional<AllowedIps::Owner> AllowedIps::remove(const Prefix& prefix) {
  const Key key{prefix.address()};
  Index grandparent = none;
  Index parent = none;
  const Index root = root_of(prefix.address());
  Index at = root;
  while (nodes_[at].length < prefix.length()) {
    const Index child = nodes_[at].children[key.bit(nodes_[at].length)];
    if (child == none || !nodes_[child].holds(key)) return std::nullopt;
    grandparent = std::exchange(parent, std::exchange(at, child));
  }
  const bool found = nodes_[at].length == prefix.length() && nodes_[at].owner != nobody;
  if (!found) return std::nullopt;

  const Owner before = std::exchange(nodes_[at].owner, nobody);
  --sizes_[root];
  is_old_ = true;
  if (parent != none) dissolve(parent, at);
  if (grandparent != none)
    dissolve(grandparent, parent);  // it may have been a fork, and branch no more
  return before;
}

void AllowedIps::dissolve(Index parent, Index at) {
  Node& node = nodes_[at];
  const bool branches = node.children[0] != none && node.children[1] != none;
  if (branches || node.owner != nobody) return;

  auto& links = nodes_[parent].children;
  links[links[1] == at] = node.children[0] != none ? node.children[0] : node.children[1];
  unused_.push_back(at);
}

}  // namespace culvert::tunnel
