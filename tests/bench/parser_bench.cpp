// Nanoseconds a packet: our walk with and without verifying checksums, a hand-written walk with pointers, and libtins where it
// is installed. All see the same packets, in turn, and answer the same question: who talks to whom, with how many bytes?
#include <fmt/format.h>

#include <map>
#include <string_view>
#include <utility>

#include "bench/hand_written.hpp"
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

/// The answer, added up: the last byte of both addresses, both ports, and the length of what TCP or UDP carry. Reading less
/// would let a compiler leave out the parsing. 0: no TCP or UDP here, or a header is damaged.
using Answer = std::uint32_t;

// ---- ours

template <class IpView, class View>
Answer read(const wire::Packet& packet, const wire::LayerAt& transport) {
  const auto ip = packet.view<IpView>(packet.layers().front());
  const auto view = packet.view<View>(transport);
  if (!ip || !view) return 0;
  const Answer addresses = Answer{ip->source().bytes().back()} + ip->destination().bytes().back();
  return addresses + view->source_port() + view->destination_port() +
         static_cast<Answer>(view->payload().size());
}

template <class IpView>
Answer read(const wire::Packet& packet) {
  const wire::LayerAt* transport = packet.transport();
  if (transport == nullptr || packet.error()) return 0;
  return transport->layer == wire::Layer::tcp   ? read<IpView, wire::TcpView>(packet, *transport)
         : transport->layer == wire::Layer::udp ? read<IpView, wire::UdpView>(packet, *transport)
                                                : 0;
}

Answer read(const wire::Packet& packet) {
  return packet.bytes()[0] >> 4 == 4 ? read<wire::Ipv4View>(packet) : read<wire::Ipv6View>(packet);
}

/// The layers alone, as a firewall that lets packets of some protocols pass wants them: here every packet gives 1.
Answer walk(Bytes bytes) {
  const auto packet = wire::Packet::walk(bytes, wire::LinkType::raw_ip);
  return packet.transport() != nullptr && !packet.error() ? 1 : 0;
}

Answer walk_and_read(Bytes bytes) {
  return read(wire::Packet::walk(bytes, wire::LinkType::raw_ip));
}

Answer walk_and_verify(Bytes bytes) {
  const auto packet = wire::Packet::walk(bytes, wire::LinkType::raw_ip);
  for (std::size_t i = 0; i < packet.layers().size(); ++i) {
    if (verify_checksum(packet, i).status == wire::ChecksumStatus::bad) return 0;
  }
  return read(packet);
}

// ---- hand-written

Answer hand_written(Bytes bytes) {
  bench::Headers packet;
  if (!bench::parse_headers(bytes, packet)) return 0;
  const bool v4 = packet.version == 4;
  const Answer addresses = Answer{packet.network[v4 ? 15 : 23]} + packet.network[v4 ? 19 : 39];
  return addresses + packet.source_port + packet.destination_port +
         static_cast<Answer>(packet.end - packet.payload);
}

// ---- libtins

#ifdef CULVERT_HAVE_LIBTINS
Answer last_byte(Tins::IPv4Address address) { return static_cast<std::uint32_t>(address) >> 24; }
Answer last_byte(const Tins::IPv6Address& address) { return *(address.end() - 1); }

template <class Transport>
Answer tins_ports(const Transport& transport) {
  const Tins::PDU* payload = transport.inner_pdu();
  return Answer{transport.sport()} + transport.dport() + (payload != nullptr ? payload->size() : 0);
}

template <class Ip>
Answer tins_reads(Bytes packet) {
  const Ip ip{packet.data(), static_cast<std::uint32_t>(packet.size())};
  const Answer addresses = last_byte(ip.src_addr()) + last_byte(ip.dst_addr());
  if (const auto* tcp = ip.template find_pdu<Tins::TCP>()) return addresses + tins_ports(*tcp);
  if (const auto* udp = ip.template find_pdu<Tins::UDP>()) return addresses + tins_ports(*udp);
  return 0;
}

Answer tins(Bytes packet) {
  return packet[0] >> 4 == 4 ? tins_reads<Tins::IP>(packet) : tins_reads<Tins::IPv6>(packet);
}
#endif

// ---- the comparison

/// TCP or UDP right behind an IP header without options: what nearly all packets are, and what libtins reads without
/// throwing an exception.
bool is_usual(Bytes packet) {
  if (packet[0] != 0x45 && packet[0] >> 4 != 6) return false;
  const bool v4 = packet[0] == 0x45;
  const std::uint8_t protocol = packet[v4 ? 9 : 6];
  const bool tcp_without_options =
      protocol == 6 && packet.size() >= 60 && packet[(v4 ? 20u : 40u) + 12] >> 4 == 5;
  return (protocol == 17 || tcp_without_options) && hand_written(packet) != 0;
}

/// As many of IPv4 as of IPv6, as many with TCP as with UDP, and no order in it.
std::vector<Buffer> usual_packets() {
  test::SeededRandom random{1};
  std::map<std::pair<int, int>, int> kinds;
  std::vector<Buffer> all;
  while (all.size() < packets) {
    Buffer packet = test::random_packet(random);
    if (!is_usual(packet)) continue;
    const bool v4 = packet[0] >> 4 == 4;
    if (++kinds[{v4, packet[v4 ? 9 : 6]}] <= packets / 4) all.push_back(std::move(packet));
  }
  for (std::uint32_t i = packets; i > 1; --i) std::swap(all[i - 1], all[random.below(i)]);
  return all;
}

struct Contender {
  std::string_view name;
  Answer (*parse)(Bytes);
  std::vector<double> times{};
  bool reads = true;
  std::uint64_t answers = 0;

  void run(const std::vector<Buffer>& all, int rounds) {
    answers = 0;
    const double time = bench::cpu_time_ns([&] {
      for (int i = 0; i < rounds; ++i) {
        for (const Buffer& packet : all) answers += parse(packet);
      }
    });
    times.push_back(time / (rounds * packets));
  }
};

}  // namespace

int main(int argc, char** argv) {
  const bool smoke = argc > 1 && std::string_view{argv[1]} == "--smoke";
  const std::vector<Buffer> all = usual_packets();
  std::vector<Contender> contenders{{"hand-written", hand_written},
                                    {"walk", walk, {}, false},
                                    {"walk and read", walk_and_read},
                                    {"walk, verify, read", walk_and_verify}};
#ifdef CULVERT_HAVE_LIBTINS
  contenders.push_back({"libtins", tins});
#endif
  for (int repeat = 0; repeat < (smoke ? 1 : 101); ++repeat) {
    for (Contender& each : contenders) each.run(all, smoke ? 1 : 50);
  }

  bool agree = true;
  const double reference = bench::median(contenders[0].times);
  for (const Contender& each : contenders) {
    const double ns = bench::median(each.times);
    fmt::print("{:<18} {:>7.1f} ns a packet, {:>5.1f} times hand-written\n", each.name, ns,
               ns / reference);
    agree = agree && (each.reads ? each.answers == contenders[0].answers : each.answers != 0);
  }
  if (!agree) fmt::print("the answers differ: somebody reads another packet\n");
  const std::size_t allocated = test::count_allocations([&] {
    for (const Buffer& packet : all) walk_and_verify(packet);
  });
  fmt::print("allocations of our walk: {}\n", allocated);
  return agree && allocated == 0 ? 0 : 1;
}
