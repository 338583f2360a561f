#include "tunnel/allowed_ips.hpp"

#include <map>

#include "support/catch.hpp"
#include "support/seeded_random.hpp"

using namespace culvert;
using namespace culvert::tunnel;

namespace {

using Owner = AllowedIps::Owner;
constexpr Owner anna = 1;
constexpr Owner bert = 2;
constexpr Owner carl = 3;

Prefix prefix(std::string_view text) { return Prefix::parse(text).value(); }
IpAddress address(std::string_view text) { return IpAddress::parse(text).value(); }

/// The slow way: every prefix is asked.
class Reference {
 public:
  void insert(const Prefix& prefix, Owner owner) { owners_[prefix] = owner; }
  void remove(const Prefix& prefix) { owners_.erase(prefix); }
  std::size_t size() const { return owners_.size(); }
  std::optional<Owner> lookup(const IpAddress& address) const {
    std::optional<Owner> found;
    unsigned longest = 0;
    for (const auto& [prefix, owner] : owners_) {
      if (!prefix.contains(address) || prefix.length() < longest) continue;
      found = owner;
      longest = prefix.length();
    }
    return found;
  }

 private:
  std::map<Prefix, Owner> owners_;
};

/// Addresses that share many beginnings, so that prefixes lie inside and beside each other.
IpAddress crowded_address(test::SeededRandom& random) {
  std::array<std::uint8_t, 16> bytes{};
  bytes[0] = static_cast<std::uint8_t>(random.below(2) * 128);
  bytes[1] = static_cast<std::uint8_t>(random.below(4));
  bytes[3] = static_cast<std::uint8_t>(random.below(4) * 64);
  bytes[8] = static_cast<std::uint8_t>(random.below(4) * 31);
  bytes[15] = static_cast<std::uint8_t>(random.below(4));
  if (random.coin()) return Ipv6Address{bytes};
  return Ipv4Address{Field<16>{bytes}.first<4>()};
}

}  // namespace

TEST_CASE("the longest prefix that contains an address decides", "[tunnel][allowed_ips]") {
  AllowedIps table;
  table.insert(prefix("0.0.0.0/0"), anna);
  table.insert(prefix("10.0.0.0/8"), bert);
  table.insert(prefix("10.128.0.0/9"), carl);
  CHECK(table.lookup(address("192.0.2.1")) == anna);
  CHECK(table.lookup(address("10.1.2.3")) == bert);
  CHECK(table.lookup(address("10.200.2.3")) == carl);
  CHECK(table.size() == 3);
}

TEST_CASE("an address that no prefix contains has no owner", "[tunnel][allowed_ips]") {
  AllowedIps table;
  CHECK_FALSE(table.lookup(address("0.0.0.0")));
  CHECK_FALSE(table.lookup(address("::")));
  table.insert(prefix("10.0.0.1/32"), anna);
  CHECK(table.lookup(address("10.0.0.1")) == anna);
  CHECK_FALSE(table.lookup(address("10.0.0.0")));
  CHECK_FALSE(table.lookup(address("138.0.0.1")));
}

TEST_CASE("IPv4 and IPv6 do not answer for each other", "[tunnel][allowed_ips]") {
  AllowedIps table;
  table.insert(prefix("0.0.0.0/0"), anna);
  CHECK_FALSE(table.lookup(address("::")));
  table.insert(prefix("::/0"), bert);
  CHECK(table.lookup(address("a00:1::")) == bert);
  CHECK(table.lookup(address("10.0.0.1")) == anna);
}

TEST_CASE("a prefix of IPv6 may end behind its first 64 bits", "[tunnel][allowed_ips]") {
  AllowedIps table;
  table.insert(prefix("fd00::/64"), anna);
  table.insert(prefix("fd00::8000:0:0:0/65"), bert);
  table.insert(prefix("fd00::8000:0:0:1/128"), carl);
  CHECK(table.lookup(address("fd00::1")) == anna);
  CHECK(table.lookup(address("fd00::8000:0:0:2")) == bert);
  CHECK(table.lookup(address("fd00::8000:0:0:1")) == carl);
}

TEST_CASE("a prefix given to another peer leaves the first one", "[tunnel][allowed_ips]") {
  AllowedIps table;
  CHECK_FALSE(table.insert(prefix("10.0.0.0/24"), anna));
  CHECK(table.insert(prefix("10.0.0.0/24"), bert) == anna);
  CHECK(table.lookup(address("10.0.0.9")) == bert);
  CHECK(table.size() == 1);
}

TEST_CASE("a removed prefix gives its addresses to the shorter one", "[tunnel][allowed_ips]") {
  AllowedIps table;
  table.insert(prefix("10.0.0.0/8"), anna);
  table.insert(prefix("10.1.0.0/16"), bert);
  CHECK(table.remove(prefix("10.1.0.0/16")) == bert);
  CHECK(table.lookup(address("10.1.0.1")) == anna);
  CHECK_FALSE(table.remove(prefix("10.1.0.0/16")));
  CHECK_FALSE(table.remove(prefix("10.0.0.0/9")));
  CHECK(table.remove(prefix("10.0.0.0/8")) == anna);
  CHECK_FALSE(table.lookup(address("10.1.0.1")));
  CHECK(table.size() == 0);
}

TEST_CASE("the trie agrees with asking every prefix", "[tunnel][allowed_ips]") {
  const auto seed = GENERATE(range(1u, 51u));
  CAPTURE(seed);
  test::SeededRandom random{seed};
  AllowedIps table;
  Reference reference;
  for (int step = 0; step < 300; ++step) {
    const IpAddress inside = crowded_address(random);
    const Prefix chosen{inside, random.below(inside.bits() + 1)};
    if (random.below(3) == 0) {
      table.remove(chosen);
      reference.remove(chosen);
    } else {
      const Owner owner = random.below(5);
      table.insert(chosen, owner);
      reference.insert(chosen, owner);
    }
    REQUIRE(table.size() == reference.size());
    for (int i = 0; i < 5; ++i) {
      const IpAddress asked = crowded_address(random);
      CAPTURE(step, to_string(asked));
      REQUIRE(table.lookup(asked) == reference.lookup(asked));
    }
  }
}

TEST_CASE("many prefixes that begin alike are told apart by what follows",
          "[tunnel][allowed_ips]") {
  const auto [shared, others] =
      GENERATE(table<std::string, std::string>({{"10.8.0.0/16", ""},
                                                {"10.8.0.0/16", "10.0.0.0/8"},
                                                {"10.8.0.0/16", "0.0.0.0/0"},
                                                {"fd00::/64", "::/0"},
                                                {"fd00::/120", "fd00::/61"},
                                                {"0.0.0.0/0", "10.0.0.0/7"}}));
  CAPTURE(shared, others);
  test::SeededRandom random{7};
  AllowedIps table;
  Reference reference;
  const auto insert = [&](const Prefix& chosen, Owner owner) {
    table.insert(chosen, owner);
    reference.insert(chosen, owner);
  };
  const Prefix common = prefix(shared);
  const auto inside = [&] {
    std::array<std::uint8_t, 16> bytes{};
    random.fill(bytes);
    for (unsigned i = 0; i < common.length(); ++i) {
      const auto mask = static_cast<std::uint8_t>(0x80 >> i % 8);
      const bool one = (common.address().bytes()[i / 8] & mask) != 0;
      bytes[i / 8] = static_cast<std::uint8_t>(one ? bytes[i / 8] | mask : bytes[i / 8] & ~mask);
    }
    if (common.address().is_v4()) return IpAddress{Ipv4Address{Field<16>{bytes}.first<4>()}};
    return IpAddress{Ipv6Address{bytes}};
  };
  if (!others.empty()) insert(prefix(others), anna);
  std::vector<IpAddress> asked;
  for (Owner owner = 10; owner < 400; ++owner) {
    const IpAddress address = inside();
    insert({address, address.bits() - random.below(8) * random.below(3)}, owner);
    asked.push_back(address);
    asked.push_back(inside());
    if (owner % 50 == 0) {
      for (const IpAddress& one : asked) REQUIRE(table.lookup(one) == reference.lookup(one));
    }
  }
  for (const auto* one : {"10.9.0.1", "10.7.255.255", "138.8.0.0", "fd00:0:0:1::1", "fe00::1"})
    CHECK(table.lookup(address(one)) == reference.lookup(address(one)));
}

TEST_CASE("many single addresses and a few networks around them do not hide each other",
          "[tunnel][allowed_ips]") {
  const bool v4 = GENERATE(true, false);
  CAPTURE(v4);
  const auto host = [v4](std::uint32_t number) -> IpAddress {
    std::array<std::uint8_t, 16> bytes{0xfd};
    store_be32(MutableBytes{bytes}.last<4>(), number);
    if (v4) return Ipv4Address{10u << 24 | number};
    return Ipv6Address{bytes};
  };
  AllowedIps table;
  Reference reference;
  const auto insert = [&](const Prefix& chosen, Owner owner) {
    table.insert(chosen, owner);
    reference.insert(chosen, owner);
  };
  const auto all_agree = [&] {
    for (std::uint32_t number = 0; number < 300; ++number)
      if (table.lookup(host(number)) != reference.lookup(host(number))) return false;
    return true;
  };
  for (std::uint32_t number = 0; number < 200; number += 2)
    insert({host(number), host(0).bits()}, number);
  REQUIRE(all_agree());
  insert({host(0), host(0).bits() - 8}, anna);
  insert({host(64), host(0).bits() - 1}, bert);
  REQUIRE(all_agree());
  for (std::uint32_t number = 0; number < 200; number += 4) {
    table.remove({host(number), host(0).bits()});
    reference.remove({host(number), host(0).bits()});
  }
  REQUIRE(all_agree());
  insert({host(4), host(0).bits()}, carl);
  CHECK(all_agree());
}

TEST_CASE("129 prefixes inside each other are looked up too", "[tunnel][allowed_ips]") {
  AllowedIps table;
  for (unsigned length = 0; length <= 128; ++length)
    table.insert({address("fd00::1"), length}, length);
  CHECK(table.lookup(address("fd00::1")) == 128u);
  CHECK(table.lookup(address("fd00::")) == 127u);
  CHECK(table.lookup(address("8000::")) == 1u);
  CHECK(table.lookup(address("::")) == 0u);
}
