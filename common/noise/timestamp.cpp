#include "noise/timestamp.hpp"

namespace culvert::noise {
namespace {

constexpr std::uint64_t first_second_of_1970 = (std::uint64_t{1} << 62) + 10;  // TAI was 10 s ahead
constexpr std::uint32_t grain = 1u << 24;                                      // nanoseconds

}  // namespace

Timestamp Timestamp::at(WallTime time) {
  const auto since_1970 = time.time_since_epoch();
  const auto seconds = std::chrono::floor<std::chrono::seconds>(since_1970);
  const auto nanoseconds = static_cast<std::uint32_t>((since_1970 - seconds).count());

  std::array<std::uint8_t, size> bytes{};
  const MutableField<size> out{bytes};
  store_be64(out.first<8>(), first_second_of_1970 + static_cast<std::uint64_t>(seconds.count()));
  store_be32(out.last<4>(), nanoseconds / grain * grain);
  return Timestamp{bytes};
}

Timestamp Timestamp::from_bytes(Field<size> bytes) {
  std::array<std::uint8_t, size> copy{};
  copy_bytes(bytes, copy);
  return Timestamp{copy};
}

}  // namespace culvert::noise
