// fetch: memory that is about to be needed, asked for ahead. A line of it (64 bytes) that no cache holds takes a core as long
// as sealing a small packet takes; asked for in time, many come at once, and while the core does something else.
#pragma once

#include <cstddef>

namespace culvert {

/// Only a wish: it changes nothing, and fails for no address.
inline void fetch(const void* from, std::size_t size) {
  constexpr std::size_t line = 64;
  const auto* bytes = static_cast<const char*>(from);
  for (std::size_t at = 0; at < size; at += line) __builtin_prefetch(bytes + at);
  if (size > 0) __builtin_prefetch(bytes + size - 1);
}

}  // namespace culvert
