// Whose is this address? The trie is built by the library; the learner walks it.
#include "tunnel/allowed_ips.hpp"

#include <algorithm>

#include "support/exercise/exercise.hpp"

using namespace culvert;
using namespace culvert::exercise;
using tunnel::AllowedIps;

namespace {

struct Entry {
  Prefix prefix;
  AllowedIps::Owner owner;
};
using Table = std::vector<Entry>;

std::string words(const std::optional<AllowedIps::Owner>& owner) {
  return owner ? fmt::format("peer {}", *owner) : "nobody";
}

const Entry* best(const Table& table, const IpAddress& to, bool shortest = false) {
  const Entry* found = nullptr;
  for (const Entry& entry : table) {
    if (!entry.prefix.contains(to)) continue;
    const bool longer = found == nullptr || entry.prefix.length() > found->prefix.length();
    if (found == nullptr || longer != shortest) found = &entry;
  }
  return found;
}

std::string owner_of(const Entry* entry) {
  return entry == nullptr ? "nobody" : words(entry->owner);
}

void check(Attempt& attempt, const Table& table, const IpAddress& to) {
  AllowedIps trie;
  for (const Entry& entry : table) {
    trie.insert(entry.prefix, entry.owner);
    attempt.step(fmt::format("{} belongs to peer {}", to_string(entry.prefix), entry.owner));
  }
  attempt.step("whose is " + to_string(to) + "?");
  const std::string expected = owner_of(best(table, to));
  Causes<std::string> known{
      {"the shortest prefix wins, and it should be the longest: the walk stops at the first owner",
       owner_of(best(table, to, true))},
      {"nobody is found, though a prefix contains the address: a fork without an owner is not the "
       "end of the walk",
       "nobody"}};
  for (const Entry& entry : table) {
    if (!entry.prefix.contains(to)) {
      known.push_back(
          {"an owner whose prefix does not contain the address: ask each node whether it holds the "
           "key",
           words(entry.owner)});
    }
  }
  attempt.expect("its owner", words(trie.lookup(to)), expected, known);
}

Ipv4Address with_bits(const Ipv4Address& address, std::uint32_t flip) {
  return Ipv4Address{address.to_number() ^ flip};
}

void one_owner(Attempt& attempt) {
  const Ipv4Address to = attempt.random().ipv4();
  check(attempt, {{Prefix{to, 8 + attempt.random().below(25)}, attempt.random().below(1000)}}, to);
}
void longest_wins(Attempt& attempt) {
  const Ipv4Address to = attempt.random().ipv4();
  Table table;
  for (const unsigned length : {32u, 8u, 24u, 0u, 16u})
    table.push_back({Prefix{to, length}, 100 + length});
  table.erase(table.begin());
  check(attempt, table, to);
}
void forks(Attempt& attempt) {
  const Ipv4Address to = attempt.random().ipv4();
  const Table table{{Prefix{to, 24}, 1},
                    {Prefix{with_bits(to, 0x1000), 24}, 2},
                    {Prefix{with_bits(to, 0x800000), 24}, 3}};
  check(attempt, table, to);
}
void nobody(Attempt& attempt) {
  const Ipv4Address to = attempt.random().ipv4();
  const std::uint32_t bit = 1u << (8 + attempt.random().below(8));
  check(attempt, {{Prefix{with_bits(to, bit), 24}, 1}, {Prefix{with_bits(to, bit << 8), 24}, 2}},
        to);
}
void falls_back(Attempt& attempt) {
  const Ipv4Address to = attempt.random().ipv4();
  check(attempt,
        {{Prefix{to, 8}, 1},
         {Prefix{with_bits(to, 0x100), 24}, 2},
         {Prefix{with_bits(to, 0x8000), 17}, 3}},
        to);
}
void whole_addresses(Attempt& attempt) {
  const IpAddress to = attempt.random().coin() ? IpAddress{attempt.random().ipv4()}
                                               : IpAddress{attempt.random().ipv6()};
  check(attempt, {{Prefix{to, to.bits()}, 7}, {Prefix{to, to.bits() / 2}, 8}}, to);
}
void families(Attempt& attempt) {
  const Ipv6Address v6 = attempt.random().ipv6();
  const Table table{{Prefix{Ipv4Address{}, 0}, 4}, {Prefix{v6, 48}, 6}};
  check(attempt, table,
        attempt.random().coin() ? IpAddress{v6} : IpAddress{attempt.random().ipv4()});
}
void many(Attempt& attempt) {
  auto& random = attempt.random();
  Table table;
  for (AllowedIps::Owner owner = 1; owner <= 40; ++owner) {
    const Prefix prefix{Ipv4Address{10, 0, static_cast<std::uint8_t>(random.below(8)),
                                    static_cast<std::uint8_t>(random.below(256))},
                        8 + random.below(25)};
    const bool taken = std::any_of(table.begin(), table.end(),
                                   [&](const Entry& entry) { return entry.prefix == prefix; });
    if (!taken) table.push_back({prefix, owner});
  }
  check(attempt, table,
        Ipv4Address{10, 0, static_cast<std::uint8_t>(random.below(8)),
                    static_cast<std::uint8_t>(random.below(256))});
}

}  // namespace

int main(int argc, char** argv) {
  return run_exercise(
      {"09",
       "allowed-ips",
       {{"the owner of a prefix is found", "WireGuard's paper, section 2", one_owner},
        {"the longest prefix wins", "RFC 4632, section 5.1", longest_wins},
        {"the walk goes on through forks that nobody owns", "allowed_ips.hpp", forks},
        {"an address in no prefix is nobody's", "WireGuard's paper, section 2 (cryptokey routing)",
         nobody},
        {"where the longer prefix does not fit, the shorter one counts", "RFC 4632, section 5.1",
         falls_back},
        {"a prefix of one address is the end of the walk", "allowed_ips.hpp", whole_addresses},
        {"each family has a root of its own", "allowed_ips.hpp", families},
        {"many prefixes together give the answer of a list", "RFC 4632, section 5.1", many}}},
      argc, argv);
}
