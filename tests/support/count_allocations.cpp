#include "support/count_allocations.hpp"

#include <atomic>
#include <cstdlib>
#include <new>

namespace {
std::atomic<std::size_t> counter = 0;
}  // namespace

std::size_t culvert::test::allocations() { return counter; }

// The other forms of new and delete end in these two.
void* operator new(std::size_t size) {
  ++counter;
  if (void* room = std::malloc(size == 0 ? 1 : size)) return room;
  throw std::bad_alloc();
}
void operator delete(void* room) noexcept { std::free(room); }
void operator delete(void* room, std::size_t) noexcept { std::free(room); }
