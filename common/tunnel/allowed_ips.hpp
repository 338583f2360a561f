// AllowedIps: which peer owns an inner address. Outbound it says who gets a packet; inbound, whether the peer that sent
// one may use that source. The longest prefix that contains the address wins (RFC 4632, section 5.1).
// AllowedIps::lookup stands alone in its .cpp so that a learner's own can take its place.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/prefix.hpp"

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

  /// How many prefixes have an owner.
  std::size_t size() const { return size_; }

 private:
  /// An address as a number of 128 bits; one of IPv4 fills the first 32.
  struct Key {
    std::uint64_t high = 0;
    std::uint64_t low = 0;

    explicit Key(const IpAddress& address);
    /// Bit 0 is the first one on the wire.
    unsigned bit(unsigned index) const {
      return index < 64 ? high >> (63 - index) & 1 : low >> (127 - index) & 1;
    }
    /// How many bits are the same from the first one on.
    unsigned common(const Key& other) const;
  };

  using Index = std::uint32_t;
  static constexpr Index none = 0;  // the root of IPv4 is nobody's child
  static constexpr Owner nobody = UINT32_MAX;

  struct Node {
    Key key;
    unsigned length = 0;  // how many bits of the key count
    Owner owner = nobody;
    std::array<Index, 2> children{none, none};

    bool holds(const Key& other) const { return key.common(other) >= length; }
  };

  static Index root_of(const IpAddress& address) { return address.is_v4() ? 0 : 1; }
  /// The node of that prefix; it is made if there is none.
  Index node_for(Index root, const Key& key, unsigned length);
  Index make_node(const Key& key, unsigned length);
  /// Takes a node out that neither owns nor branches; a root stays.
  void dissolve(Index parent, Index at);

  std::vector<Node> nodes_{Node{Key{Ipv4Address{}}}, Node{Key{Ipv6Address{}}}};
  std::vector<Index> unused_;
  std::size_t size_ = 0;
};

}  // namespace culvert::tunnel
