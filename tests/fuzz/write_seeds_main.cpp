// Writes the first inputs as files, as libFuzzer wants its corpus: fuzz_seeds CORPUS DIR.
#include <fmt/core.h>

#include <fstream>

#include "fuzz/seeds.hpp"

int main(int argc, char** argv) {
  if (argc != 3) {
    fmt::print(stderr, "usage: fuzz_seeds CORPUS DIR\n");
    return 2;
  }
  const std::filesystem::path out = argv[2];
  std::filesystem::create_directories(out);
  std::size_t count = 0;
  for (const auto& seed : culvert::fuzz::seeds(argv[1])) {
    std::ofstream file{out / fmt::format("seed-{:04}", count++), std::ios::binary};
    for (const std::uint8_t byte : seed) file.put(static_cast<char>(byte));
  }
  fmt::print("{} files in {}\n", count, out.string());
}
