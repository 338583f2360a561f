// TAI64N: a moment in 12 bytes that sort as time does. It goes into every initiation, so that a recorded one is found out.
// WireGuard's paper, section 5.1; D. J. Bernstein, "TAI64, TAI64N, and TAI64NA".
#pragma once

#include <array>
#include <optional>

#include "base/bytes.hpp"
#include "base/time.hpp"

namespace culvert::noise {

/// Seconds (8 bytes) and nanoseconds (4), both big-endian.
class Timestamp {
 public:
  static constexpr std::size_t size = 12;

  /// `time` rounded down to about 17 ms: a finer clock would tell an observer how busy this machine is.
  static Timestamp at(WallTime time);
  static Timestamp from_bytes(Field<size> bytes);

  Field<size> bytes() const { return bytes_; }
  auto operator<=>(const Timestamp&) const = default;

 private:
  explicit Timestamp(const std::array<std::uint8_t, size>& bytes) : bytes_(bytes) {}
  std::array<std::uint8_t, size> bytes_;
};

/// One for each peer: lets an initiation pass only if it is newer than all before it. The learner writes admit():
/// timestamp_guard.cpp.
class TimestampGuard {
 public:
  /// Whether an initiation of that time may pass; if so, nothing as old as it will.
  bool admit(const Timestamp& timestamp);

 private:
  std::optional<Timestamp> greatest_;
};

}  // namespace culvert::noise
