#include "crypto/secret.hpp"

#include <sodium.h>

namespace culvert::crypto {
namespace {

// Lets libsodium choose the fastest code for this processor; without that it is right, but slow. It stands here because
// every program with a secret links this file.
[[maybe_unused]] const int processor_is_known = sodium_init();

}  // namespace

void wipe(MutableBytes secret) noexcept { sodium_memzero(secret.data(), secret.size()); }

bool equal_in_constant_time(Bytes a, Bytes b) {
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace culvert::crypto
