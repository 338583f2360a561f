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
  hosts_ = {};
  for (const Index root : {0u, 1u}) {
    shortcuts_[root] = shortcut_of(root);
    const std::size_t hosts = count_hosts(root, root);
    // Where networks prevail, a look for a host would mostly be in vain.
    if (hosts >= worth_a_shortcut && 2 * hosts >= sizes_[root]) note_hosts(root, root);
  }
}

std::size_t AllowedIps::count_hosts(Index root, Index at) const {
  if (at == none) return 0;
  if (nodes_[at].length == bits_of(root)) return 1;
  const auto& children = nodes_[at].children;
  return count_hosts(root, children[0]) + count_hosts(root, children[1]);
}

void AllowedIps::note_hosts(Index root, Index at) const {
  if (at == none) return;
  const Node& node = nodes_[at];
  if (node.length == bits_of(root)) return hosts_.add(root, node.key, node.owner);
  for (const Index child : node.children) note_hosts(root, child);
}

/// Puts the nodes in the order of walks. First those that shortcuts spare us, out of the others' way; then each walk's next step
/// beside its last one, often in the same line of the cache.
void AllowedIps::lay_out() const {
  std::vector<Index> order{0, 1};
  for (const Index root : {0u, 1u}) {
    const Shortcut shortcut = plan_shortcut(root);
    const unsigned end = shortcut.skip + shortcut.bits;
    list_walk(root, 1, end, order);
    list_walk(root, std::max(end, 1u), bits_of(root) + 1, order);
  }
  std::vector<Index> place(nodes_.size(), none);
  for (std::size_t i = 0; i < order.size(); ++i) place[order[i]] = static_cast<Index>(i);

  std::vector<Node> nodes;
  nodes.reserve(order.size());
  for (const Index at : order) {
    Node& node = nodes.emplace_back(nodes_[at]);
    for (Index& child : node.children) child = child == none ? none : place[child];
  }
  nodes_ = std::move(nodes);
  unused_.clear();
}

/// Those from `at` down whose length is at least `from` and below `to`.
void AllowedIps::list_walk(Index at, unsigned from, unsigned to, std::vector<Index>& order) const {
  if (at == none || nodes_[at].length >= to) return;
  if (nodes_[at].length >= from) order.push_back(at);
  for (const Index child : nodes_[at].children) list_walk(child, from, to, order);
}

/// All but its ways. One that skips nothing and chooses by no bits means: not worth it.
AllowedIps::Shortcut AllowedIps::plan_shortcut(Index root) const {
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
  const auto enough = static_cast<unsigned>(std::bit_width(sizes_[root])) + 1;
  shortcut.start = way;
  shortcut.skip = nodes_[way.node].length;
  shortcut.bits = std::min({enough, max_bits, bits_of(root) - shortcut.skip});
  return shortcut;
}

AllowedIps::Shortcut AllowedIps::shortcut_of(Index root) const {
  Shortcut shortcut = plan_shortcut(root);
  if (shortcut.bits == 0) return shortcut;
  shortcut.ways.assign(std::size_t{1} << shortcut.bits, {none, shortcut.start.longest});
  for (const Index child : nodes_[shortcut.start.node].children) spread(shortcut, child);
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
