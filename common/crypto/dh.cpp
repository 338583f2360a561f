#include "crypto/dh.hpp"

#include <sodium.h>

namespace culvert::crypto {

std::optional<SharedSecret> dh(const PrivateKey& ours, const PublicKey& theirs) {
  std::array<std::uint8_t, SharedSecret::size> point{};
  if (crypto_scalarmult(point.data(), ours.bytes().data(), theirs.bytes().data()) != 0)
    return std::nullopt;
  const auto secret = SharedSecret::from_bytes(point);
  wipe(point);
  return secret;
}

}  // namespace culvert::crypto
