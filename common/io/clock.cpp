#include "io/clock.hpp"

#include <time.h>

#include "io/file_descriptor.hpp"

namespace culvert::io {
namespace {

Duration read_clock(clockid_t id) {
  timespec time{};
  checked(::clock_gettime(id, &time), "read the clock");
  return std::chrono::seconds{time.tv_sec} + std::chrono::nanoseconds{time.tv_nsec};
}

}  // namespace

Instant Clock::now() const { return Instant{read_clock(CLOCK_BOOTTIME)}; }

WallTime Clock::wall_time() const { return WallTime{read_clock(CLOCK_REALTIME)}; }

}  // namespace culvert::io
