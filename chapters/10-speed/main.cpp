// Chapter 10: where does the time go?
//
// New in this chapter: io::UdpSender and io::UdpReceiver (many datagrams a call, and trains of them), offload::SuperPacket
//                      and offload::Coalescer (one large packet for many), which `--io` chooses in every program before.
// One packet's way:    the same as ever; here each step of it is done many times over, alone, and the time is taken

#include <fmt/format.h>

#include <array>

#include "cli/run_program.hpp"
#include "crypto/aead.hpp"
#include "crypto/cipher.hpp"
#include "io/clock.hpp"
#include "io/udp_receiver.hpp"
#include "io/udp_sender.hpp"
#include "wire/checksum.hpp"

using namespace culvert;

namespace {

constexpr std::size_t packet_size = 1420;  // what fits inside, if IPv6 and WireGuard are outside
constexpr std::size_t train = 40;          // as many as a super-packet stands for, about

/// Nanoseconds for one of `count` things that `work` does each time: the best of several tries, since whatever else the
/// machine does can only add.
template <class Work>
double best_of(int tries, std::size_t count, Work work) {
  double best = 1e18;
  for (int i = 0; i < tries; ++i) {
    const Instant begin = io::Clock{}.now();
    work();
    const double time = static_cast<double>((io::Clock{}.now() - begin).count());
    best = std::min(best, time / static_cast<double>(count));
  }
  return best;
}

/// Two sockets of this machine: loopback stands for the network.
struct Pair {
  io::UdpSocket from = io::UdpSocket::bind({Ipv4Address{127, 0, 0, 1}, 0});
  io::UdpSocket to = io::UdpSocket::bind({Ipv4Address{127, 0, 0, 1}, 0});
  Endpoint address = to.local();
  std::array<std::uint8_t, packet_size> packet{};
};

// [tag: one_by_one]
double one_by_one() {
  Pair pair;
  std::vector<std::uint8_t> buffer(65535);
  return best_of(300, train, [&] {
    for (std::size_t i = 0; i < train; ++i) pair.from.send(pair.address, pair.packet);
    while (pair.to.receive(buffer)) continue;
  });
}
// [end: one_by_one]

// [tag: many]
double many(io::UdpSender::Trains sending, io::UdpReceiver::Trains receiving) {
  Pair pair;
  io::UdpSender sender{pair.from, sending};
  io::UdpReceiver receiver{pair.to, receiving};
  return best_of(300, train, [&] {
    for (std::size_t i = 0; i < train; ++i) sender.add(pair.address, pair.packet);
    sender.flush();
    while (!receiver.receive().empty()) continue;
  });
}
// [end: many]

double sealing() {
  std::array<std::uint8_t, packet_size + crypto::tag_size> packet{};
  const auto key = crypto::SessionKey::from_bytes(std::array<std::uint8_t, 32>{7});
  std::uint64_t counter = 0;
  return best_of(300, 10, [&] {
    for (int i = 0; i < 10; ++i) crypto::seal(key, counter++, {}, packet);
  });
}

double copying() {
  std::array<std::uint8_t, packet_size> from{};
  std::array<std::uint8_t, packet_size> to{};
  return best_of(300, 100, [&] {
    for (std::uint8_t i = 0; i < 100; ++i) {
      from[i] = i;
      copy_bytes(from, to);
      from[0] = to[i];  // whoever is not looked at is not copied
    }
  });
}

double summing() {
  std::array<std::uint8_t, packet_size> packet{};
  return best_of(300, 100, [&] {
    for (int i = 0; i < 100; ++i)
      store_be16(MutableBytes{packet}.first<2>(), wire::internet_checksum(packet));
  });
}

double asking_the_kernel() {
  Pair pair;  // nothing ever comes
  std::array<std::uint8_t, 16> buffer{};
  return best_of(300, 100, [&] {
    for (int i = 0; i < 100; ++i) pair.to.receive(buffer);
  });
}

void print(std::string_view what, double ns) { fmt::print("{:<58}{:>7.0f} ns\n", what, ns); }

/// Each end seals or opens, and each end is one core.
void predict(std::string_view mode, double moving, double cipher) {
  constexpr double bits = packet_size * 8;
  fmt::print("{:<10}{:>8.0f} ns {:>8.1f} Gbit/s {:>8.0f} ns {:>8.1f} Gbit/s\n", mode, moving,
             bits / moving, moving + cipher, bits / (moving + cipher));
}

void measure() {
  using Sending = io::UdpSender::Trains;
  using Receiving = io::UdpReceiver::Trains;
  const double simple = one_by_one();
  const double batch = many(Sending::unwanted, Receiving::unwanted);
  const double trains = many(Sending::wanted, Receiving::wanted);
  const double cipher = sealing();
  print("asking the kernel for nothing (one system call)", asking_the_kernel());
  print("copying 1420 bytes", copying());
  print("checksum of 1420 bytes", summing());
  print(fmt::format("sealing 1420 bytes ({})", crypto::cipher_library()), cipher);
  print("a datagram to ourselves and out again, one a call", simple);
  print("the same, 40 a call", batch);
  print("the same, 40 as one train", trains);
  fmt::print("\n{:<10}{:>11} {:>15} {:>11} {:>15}\n", "", "in clear", "at most", "sealed",
             "at most");
  predict("simple", simple, cipher);
  predict("batch", batch, cipher);
  predict("trains", trains, cipher);
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{"What each step of a packet's way costs on this machine, and what follows from that",
               "10-speed"};
  return cli::run_program(app, argc, argv, measure);
}
