// Comparison: two packets of the input beside each other, field by field. For --diff=A,B.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>

#include "capture/captured_packet.hpp"
#include "inspect/story.hpp"

namespace culvert::tundump {

class Comparison {
 public:
  /// Two packets by their places in the input, from 1: "3,7". Throws cli::UsageError.
  explicit Comparison(const std::string& numbers);

  /// Called with every packet.
  void add(std::uint64_t number, const capture::CapturedPacket& captured);
  bool complete() const { return packets_[0] && packets_[1]; }
  /// Throws std::runtime_error if one of them was not among the `packets` of the input.
  std::string text(std::uint64_t packets) const;

 private:
  std::string heading(std::size_t which) const;

  std::array<std::uint64_t, 2> numbers_{};
  std::array<std::optional<inspect::KeptBytes>, 2> packets_;
};

}  // namespace culvert::tundump
