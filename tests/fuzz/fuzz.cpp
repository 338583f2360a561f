#include "fuzz/fuzz.hpp"

#include <cstdio>
#include <cstdlib>

namespace culvert::fuzz {

void use_byte(std::uint8_t byte) {
  [[maybe_unused]] static volatile std::uint8_t sink;
  sink = byte;
}

void expect(bool holds, const char* sentence) {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %s\n", sentence);
  std::abort();
}

}  // namespace culvert::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  culvert::fuzz::one_input({data, size});
  return 0;
}
