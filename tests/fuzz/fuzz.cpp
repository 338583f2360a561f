#include "fuzz/fuzz.hpp"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace culvert::fuzz {

/// Where use() copies to. Anybody might read it, so no compiler leaves the copy out.
std::array<std::uint8_t, 65536> last_used;

/// By a copy: the sanitizer then asks once for all of the bytes, and not once for each.
void use(Bytes bytes) {
  for (; bytes.size() > last_used.size(); bytes = bytes.subspan(last_used.size()))
    std::memcpy(last_used.data(), bytes.data(), last_used.size());
  if (!bytes.empty()) std::memcpy(last_used.data(), bytes.data(), bytes.size());
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
