#include <algorithm>

#include "tunnel/allowed_ips.hpp"

namespace culvert::tunnel {
namespace {

/// A walk through fewer prefixes is as quick as a table.
constexpr std::size_t worth_a_shortcut = 32;
constexpr unsigned max_bits = 17;

}  // namespace

void AllowedIps::make_shortcut(Index root) const {
  Shortcut& shortcut = shortcuts_[root];
  shortcut = {};
  if (sizes_[root] < worth_a_shortcut) return;

  Way way{root, nodes_[root].owner};
  const auto fork = [this](Index at) {
    const auto& children = nodes_[at].children;
    return children[0] != none && children[1] != none;
  };
  while (!fork(way.node)) {
    const auto& children = nodes_[way.node].children;
    way.node = children[0] != none ? children[0] : children[1];
    if (way.node == none) return;  // each lies in the one before
    if (nodes_[way.node].owner != nobody) way.longest = nodes_[way.node].owner;
  }
  const Node& start = nodes_[way.node];
  const unsigned all_bits = root == 0 ? 32 : 128;
  const auto enough = static_cast<unsigned>(std::bit_width(sizes_[root]));
  shortcut.start = way.node;
  shortcut.skip = start.length;
  shortcut.bits = std::min({enough, max_bits, all_bits - start.length});
  shortcut.ways.assign(std::size_t{1} << shortcut.bits, {none, way.longest});
  for (const Index child : start.children) spread(shortcut, child);
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
