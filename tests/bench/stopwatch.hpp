// Medians of repeated measurements. Benchmarks interleave what they compare, so that a slow moment hits all of them.
#pragma once

#include <algorithm>
#include <chrono>
#include <ctime>
#include <vector>

namespace culvert::bench {

/// Nanoseconds that `work` takes.
template <class Work>
double time_ns(Work work) {
  const auto begin = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double, std::nano>(std::chrono::steady_clock::now() - begin).count();
}

/// Nanoseconds of this process's own time on a core: on a busy machine the fairer measure of arithmetic.
template <class Work>
double cpu_time_ns(Work work) {
  const std::clock_t begin = std::clock();
  work();
  return static_cast<double>(std::clock() - begin) * (1e9 / CLOCKS_PER_SEC);
}

inline double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

}  // namespace culvert::bench
