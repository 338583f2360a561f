// Sealing and opening one packet, by size: the part of a packet's price that no I/O can save.
#include <fmt/format.h>

#include <array>
#include <string_view>

#include "bench/stopwatch.hpp"
#include "crypto/aead.hpp"
#include "crypto/cipher.hpp"
#include "support/count_allocations.hpp"

using namespace culvert;

namespace {

constexpr std::size_t places = 64;  // as many as in a batch: not always the same warm bytes

struct Packets {
  std::array<std::array<std::uint8_t, 1600>, places> memory{};
  crypto::SessionKey key = crypto::SessionKey::from_bytes(std::array<std::uint8_t, 32>{1});
  std::uint64_t counter = 0;

  MutableBytes place(std::uint64_t number, std::size_t size) {
    return MutableBytes{memory[number % places]}.first(size + crypto::tag_size);
  }
};

double seal_ns(Packets& packets, std::size_t size, int rounds) {
  const double time = bench::cpu_time_ns([&] {
    for (int i = 0; i < rounds; ++i, ++packets.counter)
      crypto::seal(packets.key, packets.counter, {}, packets.place(packets.counter, size));
  });
  return time / rounds;
}

/// One packet again and again: opened, then sealed, and the sealing taken off.
double open_ns(Packets& packets, std::size_t size, int rounds, double sealing) {
  const MutableBytes packet = packets.place(0, size);
  crypto::seal(packets.key, 0, {}, packet);
  bool all = true;
  const double time = bench::cpu_time_ns([&] {
    for (int i = 0; i < rounds; ++i) {
      all = crypto::open(packets.key, 0, {}, packet) && all;
      crypto::seal(packets.key, 0, {}, packet);
    }
  });
  return all ? time / rounds - sealing : -1;
}

}  // namespace

int main(int argc, char** argv) {
  const bool smoke = argc > 1 && std::string_view{argv[1]} == "--smoke";
  const int rounds = smoke ? 50 : 20000;
  static Packets packets;
  bool sound = true;
  fmt::print("cipher: ChaCha20-Poly1305 of {}\n", crypto::cipher_library());
  const std::size_t allocated = test::count_allocations([&] { seal_ns(packets, 1420, rounds); });
  for (const std::size_t size : {64u, 256u, 512u, 1024u, 1420u}) {
    std::vector<double> sealing;
    std::vector<double> opening;
    for (int repeat = 0; repeat < 5; ++repeat) {
      sealing.push_back(seal_ns(packets, size, rounds));
      opening.push_back(open_ns(packets, size, rounds, sealing.back()));
      sound = sound && opening.back() != -1;
    }
    fmt::print("{:5} bytes: seal {:5.0f} ns, open {:5.0f} ns\n", size, bench::median(sealing),
               bench::median(opening));
  }
  fmt::print("allocations: {}\n", allocated);
  return sound && allocated == 0 ? 0 : 1;
}
