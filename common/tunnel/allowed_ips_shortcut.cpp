#include <algorithm>

#include "tunnel/allowed_ips.hpp"

namespace culvert::tunnel {
namespace {

/// A walk through fewer prefixes is as quick as a table.
constexpr std::size_t worth_a_shortcut = 32;
constexpr unsigned max_bits = 18;

}  // namespace

void AllowedIps::make_shortcuts() const {
  is_old_ = false;
  lay_out();
  for (const Index root : {0u, 1u}) shortcuts_[root] = shortcut_of(root);
}

/// Puts the nodes in the order of a walk, so that its next step lies beside the last one, often in the same line of the cache.
void AllowedIps::lay_out() const {
  std::vector<Node> nodes{nodes_[0], nodes_[1]};
  nodes.reserve(nodes_.size());
  for (const Index root : {0u, 1u}) move_children(root, nodes);
  nodes_ = std::move(nodes);
  unused_.clear();
}

/// `at` counts in `nodes`, but its children's indices are still those of nodes_.
void AllowedIps::move_children(Index at, std::vector<Node>& nodes) const {
  for (const std::size_t side : {0u, 1u}) {
    const Index child = nodes[at].children[side];
    if (child == none) continue;
    const auto moved = static_cast<Index>(nodes.size());
    nodes[at].children[side] = moved;
    nodes.push_back(nodes_[child]);
    move_children(moved, nodes);
  }
}

AllowedIps::Shortcut AllowedIps::shortcut_of(Index root) const {
  Shortcut shortcut;
  if (sizes_[root] < worth_a_shortcut) return shortcut;

  Way way{root, nodes_[root].owner};
  const auto fork = [this](Index at) {
    const auto& children = nodes_[at].children;
    return children[0] != none && children[1] != none;
  };
  while (!fork(way.node)) {
    const auto& children = nodes_[way.node].children;
    way.node = children[0] != none ? children[0] : children[1];
    if (way.node == none) return shortcut;  // each lies in the one before
    if (nodes_[way.node].owner != nobody) way.longest = nodes_[way.node].owner;
  }
  const Node& start = nodes_[way.node];
  const unsigned all_bits = root == 0 ? 32 : 128;
  const auto enough = static_cast<unsigned>(std::bit_width(sizes_[root])) + 1;
  shortcut.start = way.node;
  shortcut.skip = start.length;
  shortcut.bits = std::min({enough, max_bits, all_bits - start.length});
  shortcut.ways.assign(std::size_t{1} << shortcut.bits, {none, way.longest});
  for (const Index child : start.children) spread(shortcut, child);
  return shortcut;
}

/// Notes a node, and those below it, in all ways that lead there: deeper ones after those that they lie in.
void AllowedIps::spread(Shortcut& shortcut, Index at) const {
  if (at == none) return;
  const Node& node = nodes_[at];
  const unsigned end = shortcut.skip + shortcut.bits;
  const std::uint64_t way = node.key.bits(shortcut.skip, shortcut.bits);
  if (node.length >= end) {
    shortcut.ways[way].node = at;
    return;
  }
  if (node.owner != nobody) {
    const std::uint64_t ways = std::uint64_t{1} << (end - node.length);
    const auto first = shortcut.ways.begin() + static_cast<std::ptrdiff_t>(way & ~(ways - 1));
    std::fill_n(first, ways, Way{none, node.owner});
  }
  for (const Index child : node.children) spread(shortcut, child);
}

}  // namespace culvert::tunnel
