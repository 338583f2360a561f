// Nanoseconds a packet: our walk with and without verifying checksums, a hand-written walk with pointers, and libtins where it
// is installed. All see the same packets, in turn, and must find the same number of TCP and UDP headers.
#include <fmt/format.h>

#include <string_view>

#include "bench/stopwatch.hpp"
#include "support/count_allocations.hpp"
#include "support/random_packet.hpp"
#include "wire/verify.hpp"

#ifdef CULVERT_HAVE_LIBTINS
#include <tins/tins.h>
#endif

using namespace culvert;
using test::Buffer;

namespace {

constexpr int packets = 512;  // they stay in the cache

bool is_transport(wire::Layer layer) {
  return layer == wire::Layer::tcp || layer == wire::Layer::udp;
}

bool walk(Bytes packet) {
  const auto walked = wire::Packet::walk(packet, wire::LinkType::raw_ip);
  const wire::LayerAt* transport = walked.transport();
  return transport != nullptr && is_transport(transport->layer);
}

bool walk_and_verify(Bytes packet) {
  const auto walked = wire::Packet::walk(packet, wire::LinkType::raw_ip);
  bool found = false;
  for (std::size_t i = 0; i < walked.layers().size(); ++i) {
    if (verify_checksum(walked, i).status == wire::ChecksumStatus::bad) return false;
    found = found || is_transport(walked.layers()[i].layer);
  }
  return found;
}

/// What one would write without a library: IPv4 or IPv6 with extension headers, then ports, each length checked once.
bool hand_written(Bytes packet) {
  const std::uint8_t* p = packet.data();
  const std::uint8_t* end = p + packet.size();
  if (p == end) return false;
  std::uint8_t protocol = 0;
  if (*p >> 4 == 4) {
    if (end - p < 20) return false;
    const std::ptrdiff_t header = (p[0] & 0xf) * 4;
    const std::ptrdiff_t total = p[2] << 8 | p[3];
    if (header < 20 || total < header || end - p < total || ((p[6] & 0x1f) | p[7]) != 0)
      return false;
    protocol = p[9];
    end = p + total;
    p += header;
  } else {
    if (end - p < 40 || end - p - 40 < (p[4] << 8 | p[5])) return false;
    protocol = p[6];
    end = p + 40 + (p[4] << 8 | p[5]);
    p += 40;
    while (protocol == 0 || protocol == 43 || protocol == 44 || protocol == 60) {
      if (end - p < 8) return false;
      const std::ptrdiff_t size = protocol == 44 ? 8 : (p[1] + 1) * 8;
      if (end - p < size || (protocol == 44 && (p[2] << 8 | (p[3] & 0xf8)) != 0)) return false;
      protocol = p[0];
      p += size;
    }
  }
  if (protocol == 6) return end - p >= 20 && (p[12] >> 4) >= 5 && end - p >= (p[12] >> 4) * 4;
  return protocol == 17 && end - p >= 8 && (p[4] << 8 | p[5]) >= 8;
}

#ifdef CULVERT_HAVE_LIBTINS
template <class Ip>
bool tins_finds(Bytes packet) {
  try {
    const Ip ip{packet.data(), static_cast<std::uint32_t>(packet.size())};
    return ip.template find_pdu<Tins::TCP>() != nullptr ||
           ip.template find_pdu<Tins::UDP>() != nullptr;
  } catch (const Tins::exception_base&) {
    return false;
  }
}

bool tins(Bytes packet) {
  return packet[0] >> 4 == 4 ? tins_finds<Tins::IP>(packet) : tins_finds<Tins::IPv6>(packet);
}
#endif

struct Contender {
  std::string_view name;
  bool (*parse)(Bytes);
  std::vector<double> times{};
  std::size_t found = 0;
};

}  // namespace

int main(int argc, char** argv) {
  const bool smoke = argc > 1 && std::string_view{argv[1]} == "--smoke";
  test::SeededRandom random{1};
  std::vector<Buffer> all;
  while (all.size() < packets) {
    Buffer packet = test::random_packet(random);
    // TCP or UDP right behind an IP header without options: what nearly all packets are, and what libtins reads without
    // throwing an exception.
    const bool v4 = packet[0] == 0x45;
    const std::uint8_t protocol = packet[v4 ? 9 : 6];
    const bool sound = (v4 || packet[0] >> 4 == 6) && hand_written(packet);
    const bool usual =
        sound && (protocol == 17 || (protocol == 6 && packet[(v4 ? 20u : 40u) + 12] >> 4 == 5));
    if (usual) all.push_back(std::move(packet));
  }

  std::vector<Contender> contenders{
      {"hand-written", hand_written}, {"walk", walk}, {"walk and verify", walk_and_verify}};
#ifdef CULVERT_HAVE_LIBTINS
  contenders.push_back({"libtins", tins});
#endif
  for (int repeat = 0; repeat < 5; ++repeat) {
    for (Contender& each : contenders) {
      const int rounds = smoke ? 1 : 2000;
      each.times.push_back(bench::time_ns([&] {
                             for (int i = 0; i < rounds; ++i) {
                               for (const Buffer& packet : all)
                                 each.found += each.parse(packet) ? 1u : 0u;
                             }
                           }) /
                           (rounds * packets));
    }
  }
  const double reference = bench::median(contenders[0].times);
  for (const Contender& each : contenders) {
    const double ns = bench::median(each.times);
    fmt::print("{:<16} {:>7.1f} ns a packet, {:>5.1f} times hand-written\n", each.name, ns,
               ns / reference);
  }
  const std::size_t allocated = test::count_allocations([&] {
    for (const Buffer& packet : all) walk_and_verify(packet);
  });
  fmt::print("allocations of our walk: {}\n", allocated);
  return allocated == 0 && contenders[1].found == contenders[0].found ? 0 : 1;
}
