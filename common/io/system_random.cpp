#include "io/system_random.hpp"

#include <sys/random.h>

#include "io/failure.hpp"
#include "io/file_descriptor.hpp"

namespace culvert::io {

void SystemRandom::fill(MutableBytes out) {
  while (!out.empty()) {
    const ssize_t got = ::getrandom(out.data(), out.size(), 0);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) fail("draw random bytes");
    out = out.subspan(static_cast<std::size_t>(got));
  }
}

}  // namespace culvert::io
