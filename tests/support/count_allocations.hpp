// Counts calls of operator new, for code that promises to allocate nothing. Link support/count_allocations.cpp.
#pragma once

#include <cstddef>

namespace culvert::test {

/// Since the program began.
std::size_t allocations();

/// How many happened while `work` ran.
template <class Work>
std::size_t count_allocations(Work work) {
  const std::size_t before = allocations();
  work();
  return allocations() - before;
}

}  // namespace culvert::test
