// What cutting a super-packet must give: packets that a sender without offload would have sent, bit for bit.
#include "offload/super_packet.hpp"
#include "support/exercise/exercise.hpp"
#include "support/reference_checksum.hpp"

using namespace culvert;
using namespace culvert::exercise;
using namespace culvert::offload;

namespace {

using Buffer = std::vector<std::uint8_t>;

constexpr std::uint8_t fin = 0x01, psh = 0x08, ack = 0x10, cwr = 0x80;

struct Train {
  bool v4 = true;
  bool tcp = true;
  std::uint8_t flags = ack;
  std::size_t size = 100;  // of each payload
  std::size_t packets = 3;
};

std::size_t ip_size(const Train& train) { return train.v4 ? 20 : 40; }
std::size_t headers(const Train& train) { return ip_size(train) + (train.tcp ? 20 : 8); }

IpAddress address(const Train& train, const Buffer& packet, bool source) {
  const Bytes all{packet};
  if (train.v4) return Ipv4Address{source ? all.subspan<12, 4>() : all.subspan<16, 4>()};
  return Ipv6Address{source ? all.subspan<8, 16>() : all.subspan<24, 16>()};
}

MutableField<2> word(Buffer& packet, std::size_t at) {
  return MutableBytes{packet}.subspan(at).first<2>();
}
std::uint16_t low(std::uint64_t value) { return static_cast<std::uint16_t>(value); }

/// The lengths and checksums of a packet as they must be. A super-packet's transport checksum is its pseudo header's sum.
void finish(const Train& train, Buffer& packet, bool super) {
  if (train.v4) {
    store_be16(word(packet, 2), low(packet.size()));
    store_be16(word(packet, 10), 0);
    store_be16(word(packet, 10), low(~std::uint32_t{test::reference_sum(Bytes{packet}.first(20))}));
  } else {
    store_be16(word(packet, 4), low(packet.size() - 40));
  }
  const std::size_t ip = ip_size(train);
  if (!train.tcp) store_be16(word(packet, ip + 4), low(packet.size() - ip));
  const std::size_t at = ip + (train.tcp ? 16 : 6);
  store_be16(word(packet, at), 0);
  const Bytes segment = Bytes{packet}.subspan(ip);
  const auto protocol = train.tcp ? wire::Protocol::tcp : wire::Protocol::udp;
  const Buffer all = test::with_pseudo_header(address(train, packet, true),
                                              address(train, packet, false), protocol, segment);
  const std::uint16_t sum =
      test::reference_sum(super ? Bytes{all}.first(all.size() - segment.size()) : Bytes{all});
  const std::uint16_t checksum = super ? sum : low(~std::uint32_t{sum});
  store_be16(word(packet, at), checksum == 0 && !super ? std::uint16_t{0xffff} : checksum);
}

Buffer super_packet(const Train& train, test::SeededRandom& random) {
  Buffer out = random.bytes(headers(train) + train.size * train.packets -
                            random.below(static_cast<std::uint32_t>(train.size)));
  const std::size_t ip = ip_size(train);
  out[0] = train.v4 ? 0x45 : 0x60;
  if (train.v4) {
    out[6] = 0x40;
    out[7] = 0;
  }
  out[train.v4 ? 9 : 6] = train.tcp ? 6 : 17;
  if (train.tcp) {
    out[ip + 12] = 0x50;
    out[ip + 13] = train.flags;
  }
  finish(train, out, true);
  return out;
}

/// Packet number `index` of the train, made the slow way.
Buffer expected(const Train& train, const Buffer& super, std::size_t index) {
  const std::size_t head = headers(train);
  const std::size_t begin = head + index * train.size;
  const std::size_t end = std::min(begin + train.size, super.size());
  Buffer out(super.begin(), super.begin() + static_cast<std::ptrdiff_t>(head));
  out.insert(out.end(), super.begin() + static_cast<std::ptrdiff_t>(begin),
             super.begin() + static_cast<std::ptrdiff_t>(end));
  const std::size_t ip = ip_size(train);
  if (train.v4) store_be16(word(out, 4), low(load_be16(word(out, 4)) + index));
  if (train.tcp) {
    const auto sequence = MutableBytes{out}.subspan(ip + 4).first<4>();
    store_be32(sequence, load_be32(sequence) + static_cast<std::uint32_t>(index * train.size));
    if (index != 0) out[ip + 13] = static_cast<std::uint8_t>(out[ip + 13] & ~cwr);
    if (end != super.size()) out[ip + 13] = static_cast<std::uint8_t>(out[ip + 13] & ~(fin | psh));
  }
  finish(train, out, false);
  return out;
}

void check(Attempt& attempt, const Train& train) {
  const Buffer super = super_packet(train, attempt.random());
  VirtioHeader header;
  header.needs_checksum = true;
  header.segmentation = !train.tcp ? Segmentation::udp
                        : train.v4 ? Segmentation::tcp_v4
                                   : Segmentation::tcp_v6;
  header.segment_size = low(train.size);
  header.checksum_start = low(ip_size(train));
  header.checksum_offset = train.tcp ? 16 : 6;
  const auto parsed = SuperPacket::parse(header, super, super.size());
  attempt.expect("the test's super-packet is sound", parsed.has_value(), true);
  for (std::size_t index = 0; index < parsed->count(); ++index) {
    attempt.step(fmt::format("packet {} of {}, out of a super-packet of {} bytes", index,
                             parsed->count(), super.size()));
    const Buffer wanted = expected(train, super, index);
    Buffer packet(wanted);  // its payload lies there already
    std::fill_n(packet.begin(), headers(train), std::uint8_t{0});
    Buffer bare = packet;
    copy_bytes(Bytes{super}.first(headers(train)), bare);
    write_headers(*parsed, index, packet);
    Buffer other(expected(train, super, index == 0 ? 1 : 0).size());
    write_headers(*parsed, index == 0 ? 1 : 0, other);
    Buffer by_heart = packet;
    copy_bytes(Bytes{other}.first(headers(train)), by_heart);
    attempt.expect_packet(
        "the packet differs", {Kind::raw_ip, super, wanted, packet},
        {{"the headers are copied as they are: nothing that counts was changed", bare},
         {"the same headers come back for every packet: were they learnt by heart?", by_heart}});
  }
}

Train of(test::SeededRandom& random) {
  Train train;
  train.size = 20 + random.below(600);
  train.packets = 2 + random.below(3);
  return train;
}

void tcp_over_ipv4(Attempt& attempt) { check(attempt, of(attempt.random())); }
void pushing(Attempt& attempt) {
  Train train = of(attempt.random());
  train.flags = ack | psh | (attempt.random().coin() ? fin : std::uint8_t{0});
  check(attempt, train);
}
void congestion(Attempt& attempt) {
  Train train = of(attempt.random());
  train.flags = ack | cwr;
  check(attempt, train);
}
void tcp_over_ipv6(Attempt& attempt) {
  Train train = of(attempt.random());
  train.v4 = false;
  check(attempt, train);
}
void udp(Attempt& attempt) {
  Train train = of(attempt.random());
  train.tcp = false;
  train.v4 = attempt.random().coin();
  check(attempt, train);
}

}  // namespace

int main(int argc, char** argv) {
  return run_exercise(
      {"10",
       "split",
       {{"each packet has its share, its lengths, numbers and checksums",
         "RFC 9293, section 3.1; VIRTIO 1.2, section 5.1.6", tcp_over_ipv4},
        {"only the last packet pushes or ends", "RFC 9293, section 3.1 (PSH, FIN)", pushing},
        {"only the first packet says that the window was reduced", "RFC 3168, section 6.1.2 (CWR)",
         congestion},
        {"IPv6 has a payload length and no header checksum", "RFC 8200, section 3", tcp_over_ipv6},
        {"UDP datagrams get a length each", "RFC 768", udp}}},
      argc, argv);
}
