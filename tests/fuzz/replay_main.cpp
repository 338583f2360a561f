// Runs a fuzz target without a fuzzer: every first input, then a bounded number of mutations by seed. It finds less than
// libFuzzer, which watches the branches, but it runs everywhere in a moment and the same way each time.
#include <fmt/core.h>

#include <cstdlib>
#include <string_view>

#include "fuzz/fuzz.hpp"
#include "fuzz/seeds.hpp"
#include "support/random_packet.hpp"

namespace {

using culvert::test::Buffer;
using culvert::test::SeededRandom;

/// One small change, of the kinds that parsers stumble over.
void mutate(Buffer& input, SeededRandom& random) {
  const auto anywhere = [&] { return random.below(static_cast<std::uint32_t>(input.size())); };
  const std::uint32_t kind = input.empty() ? 4 : random.below(6);
  switch (kind) {
    case 0:
      input[anywhere()] ^= static_cast<std::uint8_t>(1u << random.below(8));
      break;
    case 1:
      input[anywhere()] = random.number<std::uint8_t>();
      break;
    case 2:
      input.resize(anywhere());
      break;  // cut the end
    case 3:
      input.erase(input.begin(), input.begin() + anywhere());
      break;
    case 4:
      culvert::test::append(input, random.bytes(1 + random.below(16)));
      break;
    default:
      input.insert(input.begin() + anywhere(), random.number<std::uint8_t>());
      break;
  }
}

/// On the heap and of exactly its size, so that the address sanitizer sees every read outside.
void run(Buffer input) {
  input.shrink_to_fit();
  culvert::fuzz::one_input(input);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4 || std::string_view{argv[1]} != "--runs") {
    fmt::print(stderr, "usage: {} --runs NUMBER CORPUS\n", argv[0]);
    return 2;
  }
  const auto seeds = culvert::fuzz::seeds(argv[3]);
  for (const Buffer& seed : seeds) run(seed);

  const unsigned long runs = std::strtoul(argv[2], nullptr, 10);
  SeededRandom random{1};
  for (unsigned long i = 0; i < runs; ++i) {
    Buffer input = seeds[random.below(static_cast<std::uint32_t>(seeds.size()))];
    for (std::uint32_t changes = 1 + random.below(4); changes > 0; --changes) mutate(input, random);
    run(std::move(input));
  }
  fmt::print("{} first inputs and {} mutations\n", seeds.size(), runs);
}
