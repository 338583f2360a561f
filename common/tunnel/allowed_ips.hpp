// AllowedIps: which peer owns an inner address. Outbound it says who gets a packet; inbound, whether the peer that sent
// one may use that source. The longest prefix that contains the address wins (RFC 4632, section 5.1).
// AllowedIps::lookup stands alone in its .cpp so that a learner's own can take its place.
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/prefix.hpp"
#include "tunnel/number_map.hpp"

namespace culvert::tunnel {

/// A binary trie with its unbranched paths left out. Each node stands for a prefix; those that nobody owns are forks:
///
///                       0.0.0.0/0  (fork)
///                       0 /            \ 1
///          10.0.0.0/8  anna        192.0.2.0/24  bert
///           0 /    \ 1
///              10.128.0.0/9  carl
class AllowedIps {
 public:
  using Owner = std::uint32_t;

  /// From now on `owner` has this prefix. Says who had it before.
  std::optional<Owner> insert(const Prefix& prefix, Owner owner);
  /// Nobody owns this prefix any more. Says who had it.
  std::optional<Owner> remove(const Prefix& prefix);
  /// The owner of the longest prefix that contains the address.
  std::optional<Owner> lookup(const IpAddress& address) const;

  /// That address will soon be looked up.
  void expect(const IpAddress& address) const { hosts_.expect(root_of(address), Key{address}); }

  /// How many prefixes have an owner.
  std::size_t size() const { return sizes_[0] + sizes_[1]; }

 private:
  /// An address as a number of 128 bits; one of IPv4 fills the first 32.
  struct Key {
    std::uint64_t high = 0;
    std::uint64_t low = 0;

    Key() = default;
    explicit Key(const IpAddress& address) {
      if (const Ipv4Address* v4 = address.v4()) {
        high = std::uint64_t{v4->to_number()} << 32;
      } else {
        high = load_be64(address.as_v6().bytes().first<8>());
        low = load_be64(address.as_v6().bytes().last<8>());
      }
    }
    /// Bit 0 is the first one on the wire.
    std::size_t bit(unsigned index) const {
      return index < 64 ? high >> (63 - index) & 1 : low >> (127 - index) & 1;
    }
    /// `count` bits from `first` on, as a number; at most 64.
    std::uint64_t bits(unsigned first, unsigned count) const {
      if (first == 0) return high >> (64 - count);
      const std::uint64_t from_first =
          first < 64 ? high << first | low >> (64 - first) : low << (first - 64);
      return from_first >> (64 - count);
    }
    /// How many bits are the same from the first one on.
    unsigned common(const Key& other) const {
      const int same = high != other.high ? std::countl_zero(high ^ other.high)
                                          : 64 + std::countl_zero(low ^ other.low);
      return static_cast<unsigned>(same);
    }
    bool operator==(const Key&) const = default;
  };

  using Index = std::uint32_t;
  static constexpr Index none = UINT32_MAX;
  static constexpr Owner nobody = UINT32_MAX;

  struct Node {
    Key key;
    unsigned length = 0;  // how many bits of the key count
    Owner owner = nobody;
    std::array<Index, 2> children{none, none};

    bool holds(const Key& other) const { return key.common(other) >= length; }
  };

  /// Where a walk goes on, and who would own the address if it ended here.
  struct Way {
    Index node = none;
    Owner longest = nobody;
  };

  /// A table that replaces the first steps of a walk: where all prefixes of a big tunnel have parted, the next bits of an
  /// address choose one of some thousand ways at once. It is made again when prefixes have come or gone.
  struct Shortcut {
    Way start{};        // for addresses that this node holds
    unsigned skip = 0;  // its length
    unsigned bits = 0;  // how many bits choose
    std::vector<Way> ways{};
  };

  /// The odd part of 2^64 divided by the golden ratio: a product's highest bits depend on all bits below them.
  static constexpr std::uint64_t spreading = 0x9e3779b97f4a7c15;
  struct HashV4 {
    std::uint64_t operator()(std::uint32_t address) const { return address * spreading; }
  };
  struct HashV6 {
    std::uint64_t operator()(const Key& key) const {
      return (key.high * spreading + std::rotl(key.low, 32)) * spreading;
    }
  };

  /// Prefixes of one address each, which is what most peers have: none is longer, so one look finds the owner.
  struct Hosts {
    NumberMap<std::uint32_t, HashV4> v4;
    NumberMap<Key, HashV6> v6;

    bool has_any(Index root) const { return (root == 0 ? v4.size() : v6.size()) != 0; }
    std::optional<Owner> find(Index root, const Key& key) const {
      return root == 0 ? v4.find(static_cast<std::uint32_t>(key.high >> 32)) : v6.find(key);
    }
    void expect(Index root, const Key& key) const {
      if (root == 0)
        v4.expect(static_cast<std::uint32_t>(key.high >> 32));
      else
        v6.expect(key);
    }
    void add(Index root, const Key& key, Owner owner) {
      if (root == 0)
        v4.set(static_cast<std::uint32_t>(key.high >> 32), owner);
      else
        v6.set(key, owner);
    }
  };

  static Index root_of(const IpAddress& address) { return address.is_v4() ? 0 : 1; }
  static unsigned bits_of(Index root) { return root == 0 ? 32 : 128; }
  /// Where the walk to an address begins.
  Way enter(Index root, const Key& key) const {
    if (is_old_) make_shortcuts();
    if (hosts_.has_any(root)) {
      if (const auto host = hosts_.find(root, key)) return {none, *host};
    }
    const Shortcut& shortcut = shortcuts_[root];
    if (shortcut.ways.empty() || nodes_[shortcut.start.node].key.common(key) < shortcut.skip)
      return {root, nobody};
    return shortcut.ways[key.bits(shortcut.skip, shortcut.bits)];
  }
  void make_shortcuts() const;
  std::size_t count_hosts(Index root, Index at) const;
  void note_hosts(Index root, Index at) const;
  void lay_out() const;
  void list_walk(Index at, unsigned from, unsigned to, std::vector<Index>& order) const;
  Shortcut plan_shortcut(Index root) const;
  Shortcut shortcut_of(Index root) const;
  void spread(Shortcut& shortcut, Index at) const;
  /// The node of that prefix; it is made if there is none.
  Index node_for(Index root, const Key& key, unsigned length);
  Index make_node(const Key& key, unsigned length);
  /// Takes a node out that neither owns nor branches.
  void dissolve(Index parent, Index at);

  mutable std::vector<Node> nodes_{Node{Key{Ipv4Address{}}}, Node{Key{Ipv6Address{}}}};
  mutable std::vector<Index> unused_;
  std::array<std::size_t, 2> sizes_{};
  // Prefixes have come or gone: before the next lookup, nodes move and shortcuts are made, which changes no answer.
  mutable bool is_old_ = false;
  mutable std::array<Shortcut, 2> shortcuts_;
  mutable Hosts hosts_;
};

}  // namespace culvert::tunnel
