// Deadlines: the first of many peers' timers, found without asking all of them. Each peer keeps its own at hand.
#pragma once

#include <cassert>
#include <cstdint>
#include <set>
#include <utility>

#include "base/time.hpp"

namespace culvert::tunnel {

class Deadlines {
 public:
  using Owner = std::uint32_t;

  void add(Owner owner, Instant when) { order_.emplace(when, owner); }
  /// The owner must be there with this deadline, also for move() (asserted).
  void remove(Owner owner, Instant when) {
    [[maybe_unused]] const auto count = order_.erase({when, owner});
    assert(count == 1);
  }
  /// Takes no memory: it happens while packets are carried.
  void move(Owner owner, Instant from, Instant to) {
    auto node = order_.extract({from, owner});
    assert(!node.empty());
    node.value().first = to;
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
};

}  // namespace culvert::tunnel
