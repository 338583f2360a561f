// Deadlines: the first of many peers' timers, found without asking all of them.
#pragma once

#include <cassert>
#include <cstdint>
#include <set>
#include <vector>

#include "base/time.hpp"

namespace culvert::tunnel {

class Deadlines {
 public:
  using Owner = std::uint32_t;

  void add(Owner owner, Instant when) {
    if (owner >= when_.size()) when_.resize(owner + 1);
    when_[owner] = when;
    order_.emplace(when, owner);
  }
  void remove(Owner owner) { order_.erase({when_[owner], owner}); }
  Instant of(Owner owner) const { return when_[owner]; }

  /// Takes no memory: it happens while packets are carried.
  void move(Owner owner, Instant when) {
    auto node = order_.extract({when_[owner], owner});
    assert(!node.empty());
    node.value().first = when_[owner] = when;
    order_.insert(std::move(node));
  }

  struct First {
    Instant when;
    Owner owner;
  };
  bool empty() const { return order_.empty(); }
  First first() const { return {order_.begin()->first, order_.begin()->second}; }

 private:
  std::set<std::pair<Instant, Owner>> order_;
  std::vector<Instant> when_;
};

}  // namespace culvert::tunnel
