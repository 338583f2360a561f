// Medians of repeated measurements. Benchmarks interleave what they compare, so that a slow moment hits all of them.
#pragma once

#include <algorithm>
#include <chrono>
#include <vector>

namespace culvert::bench {

/// Nanoseconds that `work` takes.
template <class Work>
double time_ns(Work work) {
  const auto begin = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double, std::nano>(std::chrono::steady_clock::now() - begin).count();
}

inline double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

}  // namespace culvert::bench
