// Nanoseconds a packet: our walk with and without verifying checksums, a hand-written walk with pointers, and libtins where it
// is installed. All see the same packets, in turn, and answer the same question: who talks to whom, with how many bytes?
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

/// The answer, added up: the last byte of both addresses, both ports, and the length of what TCP or UDP carry. Reading less
/// would let a compiler leave out the parsing. 0: no TCP or UDP here, or a header is damaged.
using Answer = std::uint32_t;

// ---- ours

template <class IpView, class View>
Answer read(const wire::Packet& packet, const wire::LayerAt& transport) {
  const auto ip = packet.get<IpView>();
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

Answer walk(Bytes bytes) { return read(wire::Packet::walk(bytes, wire::LinkType::raw_ip)); }

Answer walk_and_verify(Bytes bytes) {
  const auto packet = wire::Packet::walk(bytes, wire::LinkType::raw_ip);
  for (std::size_t i = 0; i < packet.layers().size(); ++i) {
    if (verify_checksum(packet, i).status == wire::ChecksumStatus::bad) return 0;
  }
  return read(packet);
}

// ---- what one would write without a library, each length checked once

Answer hand_written_ports(const std::uint8_t* p, const std::uint8_t* end, std::uint8_t protocol) {
  std::ptrdiff_t header = 8;
  if (protocol == 6) {
    if (end - p < 20) return 0;
    header = (p[12] >> 4) * 4;
    if (header < 20 || end - p < header) return 0;
  } else {
    if (protocol != 17 || end - p < 8) return 0;
    const std::ptrdiff_t length = p[4] << 8 | p[5];
    if (length < 8 || end - p < length) return 0;
    end = p + length;
  }
  return static_cast<Answer>((p[0] << 8 | p[1]) + (p[2] << 8 | p[3]) + (end - p - header));
}

Answer hand_written_v4(const std::uint8_t* p, const std::uint8_t* end) {
  if (end - p < 20) return 0;
  const std::ptrdiff_t header = (p[0] & 0xf) * 4;
  const std::ptrdiff_t total = p[2] << 8 | p[3];
  if (header < 20 || total < header || end - p < total) return 0;
  if (((p[6] & 0x1f) | p[7]) != 0) return 0;  // a later fragment has no ports
  const Answer ports = hand_written_ports(p + header, p + total, p[9]);
  return ports == 0 ? 0 : ports + p[15] + p[19];
}

Answer hand_written_v6(const std::uint8_t* p, const std::uint8_t* end) {
  if (end - p < 40 || end - p - 40 < (p[4] << 8 | p[5])) return 0;
  const std::uint8_t* at = p + 40;
  end = at + (p[4] << 8 | p[5]);
  std::uint8_t protocol = p[6];
  while (protocol == 0 || protocol == 43 || protocol == 44 || protocol == 60) {
    if (end - at < 8) return 0;
    const std::ptrdiff_t size = protocol == 44 ? 8 : (at[1] + 1) * 8;
    if (end - at < size || (protocol == 44 && (at[2] << 8 | (at[3] & 0xf8)) != 0)) return 0;
    protocol = at[0];
    at += size;
  }
  const Answer ports = hand_written_ports(at, end, protocol);
  return ports == 0 ? 0 : ports + p[23] + p[39];
}

Answer hand_written(Bytes packet) {
  const std::uint8_t* p = packet.data();
  const std::uint8_t* end = p + packet.size();
  if (p == end) return 0;
  return *p >> 4 == 4 ? hand_written_v4(p, end) : *p >> 4 == 6 ? hand_written_v6(p, end) : 0;
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

std::vector<Buffer> usual_packets() {
  test::SeededRandom random{1};
  std::vector<Buffer> all;
  while (all.size() < packets) {
    if (Buffer packet = test::random_packet(random); is_usual(packet))
      all.push_back(std::move(packet));
  }
  return all;
}

struct Contender {
  std::string_view name;
  Answer (*parse)(Bytes);
  std::vector<double> times{};
  std::uint64_t answers = 0;

  void run(const std::vector<Buffer>& all, int rounds) {
    answers = 0;
    const double time = bench::time_ns([&] {
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
  std::vector<Contender> contenders{
      {"hand-written", hand_written}, {"walk", walk}, {"walk and verify", walk_and_verify}};
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
    fmt::print("{:<16} {:>7.1f} ns a packet, {:>5.1f} times hand-written\n", each.name, ns,
               ns / reference);
    agree = agree && each.answers == contenders[0].answers;
  }
  if (!agree) fmt::print("the answers differ: somebody reads another packet\n");
  const std::size_t allocated = test::count_allocations([&] {
    for (const Buffer& packet : all) walk_and_verify(packet);
  });
  fmt::print("allocations of our walk: {}\n", allocated);
  return agree && allocated == 0 ? 0 : 1;
}
