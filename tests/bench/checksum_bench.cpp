// The Internet checksum of 1500 bytes, in GB/s.
#include <fmt/format.h>

#include <array>
#include <string_view>

#include "bench/stopwatch.hpp"
#include "wire/checksum.hpp"

using namespace culvert;

int main(int argc, char** argv) {
  const bool smoke = argc > 1 && std::string_view{argv[1]} == "--smoke";
  const int rounds = smoke ? 100 : 200000;
  std::array<std::uint8_t, 1500> packet;
  for (std::size_t i = 0; i < packet.size(); ++i) packet[i] = static_cast<std::uint8_t>(i * 7);

  unsigned total = 0;
  std::vector<double> times;
  for (int repeat = 0; repeat < 5; ++repeat) {
    times.push_back(bench::cpu_time_ns([&] {
      for (int i = 0; i < rounds; ++i) {
        packet[0] = static_cast<std::uint8_t>(i);  // another packet each time
        total += wire::internet_checksum(packet);
      }
    }));
  }
  const double ns = bench::median(times) / rounds;
  fmt::print("checksum of 1500 bytes: {:.0f} ns, {:.1f} GB/s ({})\n", ns, 1500 / ns,
             total & 0xffff);
  return total != 0 ? 0 : 1;
}
