// NumberMap: keys to numbers, such as an address to its owner, in one piece of memory: what a packet asks for is found with one
// look into it, where a table of lists makes three. With ten thousand peers each look is a line of memory from afar.
// Open addressing with linear probing, never more than half full (Knuth, The Art of Computer Programming, section 6.4).
#pragma once

#include <bit>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "base/fetch.hpp"

namespace culvert::tunnel {

/// `Hash` gives 64 bits for a key, of which the highest are mixed best. Numbers are below UINT32_MAX (asserted).
template <typename Key, typename Hash>
class NumberMap {
 public:
  using Number = std::uint32_t;

  std::optional<Number> find(const Key& key) const {
    const Entry& entry = entries_[place_of(key)];
    if (entry.is_free()) return std::nullopt;
    return entry.number;
  }
  /// That key will soon be asked for.
  void expect(const Key& key) const { fetch(&entries_[home_of(key)], sizeof(Entry)); }
  bool contains(const Key& key) const { return find(key).has_value(); }
  std::size_t size() const { return size_; }

  /// From now on `key` has this number, whatever it had before.
  void set(const Key& key, Number number) {
    assert(number != nothing);
    if (2 * (size_ + 1) > entries_.size()) grow();
    Entry& entry = entries_[place_of(key)];
    if (entry.is_free()) ++size_;
    entry = {key, number};
  }

  /// False if it was not there. Those behind it move up, so that no search ends at the gap.
  bool erase(const Key& key) {
    std::size_t gap = place_of(key);
    if (entries_[gap].is_free()) return false;
    for (std::size_t at = after(gap); !entries_[at].is_free(); at = after(at)) {
      const std::size_t home = home_of(entries_[at].key);
      if (distance(home, at) >= distance(gap, at)) entries_[std::exchange(gap, at)] = entries_[at];
    }
    entries_[gap] = {};
    --size_;
    return true;
  }

 private:
  static constexpr Number nothing = UINT32_MAX;

  struct Entry {
    Key key{};
    Number number = nothing;
    bool is_free() const { return number == nothing; }
  };

  std::size_t home_of(const Key& key) const {
    return static_cast<std::size_t>(Hash{}(key) >> (64 - std::countr_zero(entries_.size())));
  }
  std::size_t after(std::size_t at) const { return (at + 1) & (entries_.size() - 1); }
  /// How many steps a search takes from one place to the other.
  std::size_t distance(std::size_t from, std::size_t to) const {
    return (to - from) & (entries_.size() - 1);
  }
  /// Where the key is, or the free place where it would be.
  std::size_t place_of(const Key& key) const {
    std::size_t at = home_of(key);
    while (!entries_[at].is_free() && entries_[at].key != key) at = after(at);
    return at;
  }
  void grow() {
    std::vector<Entry> before(2 * entries_.size());
    before.swap(entries_);
    for (const Entry& entry : before)
      if (!entry.is_free()) entries_[place_of(entry.key)] = entry;
  }

  std::vector<Entry> entries_ = std::vector<Entry>(8);  // a power of two
  std::size_t size_ = 0;
};

}  // namespace culvert::tunnel
