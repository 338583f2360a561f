// Which peer owns an address, among 100,000 prefixes: nanoseconds a lookup.
#include <fmt/format.h>

#include <array>
#include <span>
#include <string_view>

#include "bench/stopwatch.hpp"
#include "support/seeded_random.hpp"
#include "tunnel/allowed_ips.hpp"

using namespace culvert;

namespace {

constexpr std::uint32_t prefixes = 100'000;
constexpr std::size_t portion = 500;

/// Tunnel addresses out of 10.0.0.0/8 and fd00::/64, or prefixes from anywhere.
IpAddress crowded_v4(test::SeededRandom& random) {
  return Ipv4Address{10u << 24 | random.below(1u << 24)};
}
IpAddress any_v4(test::SeededRandom& random) { return random.ipv4(); }
IpAddress crowded_v6(test::SeededRandom& random) {
  std::array<std::uint8_t, 16> bytes{0xfd};
  random.fill(MutableBytes{bytes}.last(8));
  return Ipv6Address{bytes};
}
IpAddress any_v6(test::SeededRandom& random) { return random.ipv6(); }

struct Kind {
  std::string_view name;
  IpAddress (*address)(test::SeededRandom&);
  unsigned shortest;
  unsigned longest;
};

bool measure(const Kind& kind, std::size_t rounds) {
  test::SeededRandom random{1};
  tunnel::AllowedIps table;
  std::vector<IpAddress> asked;
  while (table.size() < prefixes) {
    const IpAddress address = kind.address(random);
    const unsigned length = kind.shortest + random.below(kind.longest - kind.shortest + 1);
    table.insert(Prefix{address, length}, static_cast<std::uint32_t>(table.size()));
    asked.push_back(address);
  }
  asked.resize(prefixes);  // of those that came twice
  for (std::size_t i = asked.size(); i > 1; --i)
    std::swap(asked[i - 1], asked[random.below(static_cast<std::uint32_t>(i))]);
  // Timed in small portions: when others get the processor, it spoils few of them, and the median none.
  std::size_t found = 0;
  std::vector<double> times;
  for (std::size_t round = 0; round < rounds; ++round) {
    for (std::size_t at = 0; at < asked.size(); at += portion) {
      const auto some = std::span{asked}.subspan(at, portion);
      times.push_back(bench::time_ns([&] {
        for (const IpAddress& address : some) found += table.lookup(address).has_value() ? 1u : 0u;
      }));
    }
  }
  fmt::print("{:<30} {:5.1f} ns a lookup\n", kind.name,
             bench::median(times) / static_cast<double>(portion));
  return found == asked.size() * rounds;
}

}  // namespace

int main(int argc, char** argv) {
  const bool smoke = argc > 1 && std::string_view{argv[1]} == "--smoke";
  bool good = true;
  for (const Kind& kind :
       {Kind{"10.0.0.0/8, all /32", crowded_v4, 32, 32}, Kind{"IPv4, /8 to /32", any_v4, 8, 32},
        Kind{"fd00::/64, all /128", crowded_v6, 128, 128},
        Kind{"IPv6, /16 to /128", any_v6, 16, 128}})
    good = measure(kind, smoke ? 1u : 9u) && good;
  return good ? 0 : 1;
}
