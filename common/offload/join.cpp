#include "offload/join.hpp"

#include <algorithm>

#include "wire/checksum.hpp"
#include "wire/ipv4.hpp"
#include "wire/ipv6.hpp"
#include "wire/tcp.hpp"
#include "wire/udp.hpp"

namespace culvert::offload {
namespace {

using namespace wire;

constexpr std::size_t max_super_packet = 65535;
constexpr unsigned pushing_flags = TcpView::fin | TcpView::psh;

bool same(Bytes a, Bytes b, std::size_t from, std::size_t to) {
  return std::ranges::equal(a.subspan(from, to - from), b.subspan(from, to - from));
}

/// Where the TCP or UDP header begins; 0 if the packet is in pieces or of another kind.
std::size_t segment_begin(Bytes packet, Protocol& protocol) {
  if (const auto v4 = Ipv4View::parse(packet); v4 && v4->total_length() == packet.size()) {
    protocol = v4->protocol();
    return v4->is_fragment() ? 0 : v4->header_length();
  }
  if (const auto v6 = Ipv6View::parse(packet); v6 && v6->total_length() == packet.size()) {
    protocol = v6->next_header();
    return v6->header_length();
  }
  return 0;
}

/// From where TCP or UDP begins; 0 if it is neither, or broken.
std::size_t segment_header_length(Bytes segment, Protocol protocol) {
  if (protocol == Protocol::tcp) {
    const auto tcp = TcpView::parse(segment);
    return tcp ? tcp->header_length() : 0;
  }
  const auto udp = UdpView::parse(segment);
  return protocol == Protocol::udp && udp && udp->length() == segment.size() ? UdpView::header_size
                                                                             : 0;
}

bool has_its_say_alone(const Candidate& packet) {
  if (packet.payload().empty()) return true;
  if (!packet.is_tcp) return load_be16(packet.segment().subspan<6, 2>()) == 0;
  const unsigned others = packet.flags() & ~(pushing_flags | TcpView::ece | TcpView::cwr);
  return others != TcpView::ack || (packet.segment()[12] & 1u) != 0;  // the AE bit
}

/// The identification counts; in a packet that must not be cut it says nothing (RFC 6864, section 4.1).
bool same_ipv4(const Train& train, const Candidate& next) {
  const Bytes a = train.first.ip_header();
  const Bytes b = next.ip_header();
  const auto counted = static_cast<std::uint16_t>(load_be16(a.subspan<4, 2>()) + train.count);
  const bool dont_fragment = (a[6] & 0x40u) != 0;
  return same(a, b, 0, 2) && same(a, b, 6, 10) && same(a, b, 12, a.size()) &&
         (dont_fragment || load_be16(b.subspan<4, 2>()) == counted);
}

bool same_ipv6(const Train& train, const Candidate& next) {
  const Bytes a = train.first.ip_header();
  const Bytes b = next.ip_header();
  return same(a, b, 0, 4) && same(a, b, 6, a.size());
}

bool continues_tcp(const Train& train, const Candidate& next) {
  const Bytes a =
      train.first.segment().first(train.first.header_length - train.first.ip_header_length);
  const Bytes b = next.segment();
  const std::size_t before = train.size - train.first.header_length;
  const unsigned may_differ = pushing_flags | TcpView::cwr;  // CWR in the first packet alone
  return next.sequence() == train.first.sequence() + static_cast<std::uint32_t>(before) &&
         same(a, b, 8, 13) && ((a[13] ^ b[13]) & ~may_differ) == 0 && (b[13] & TcpView::cwr) == 0 &&
         same(a, b, 14, 16) && same(a, b, 18, a.size());
}

}  // namespace

std::optional<Candidate> Candidate::parse(Bytes packet) {
  Protocol protocol{};
  const std::size_t ip = segment_begin(packet, protocol);
  if (ip == 0) return std::nullopt;
  const std::size_t header = segment_header_length(packet.subspan(ip), protocol);
  if (header == 0) return std::nullopt;
  Candidate candidate{packet, ip, ip + header, protocol == Protocol::tcp, false};
  candidate.stays_alone = has_its_say_alone(candidate);
  return candidate;
}

bool Candidate::is_sound() const {
  const auto protocol = static_cast<std::uint16_t>(is_tcp ? Protocol::tcp : Protocol::udp);
  const auto length = static_cast<std::uint16_t>(segment().size());
  const std::uint16_t pseudo = ones_complement_sum(flow(), add_ones_complement(protocol, length));
  return (!is_v4() || internet_checksum(ip_header()) == 0) &&
         internet_checksum(segment(), pseudo) == 0;
}

// [tag: continues]
bool continues(const Train& train, const Candidate& next) {
  const Candidate& first = train.first;
  if (!train.is_open || next.stays_alone) return false;
  if (next.is_tcp != first.is_tcp || next.is_v4() != first.is_v4()) return false;
  if (next.ip_header_length != first.ip_header_length) return false;
  if (next.header_length != first.header_length) return false;
  if (next.payload().size() > first.payload().size()) return false;
  if (train.size + next.payload().size() > max_super_packet) return false;
  if (!(first.is_v4() ? same_ipv4(train, next) : same_ipv6(train, next))) return false;
  return first.is_tcp ? continues_tcp(train, next)
                      : std::ranges::equal(first.ports(), next.ports());
}
// [end: continues]

Train::Train(const Candidate& packet) : first(packet), size(packet.packet.size()) {
  if (packet.is_tcp) pushing = packet.flags() & pushing_flags;
  is_open = pushing == 0 && !packet.stays_alone;
}

void Train::add(const Candidate& next) {
  ++count;
  size += next.payload().size();
  if (next.is_tcp) pushing = next.flags() & pushing_flags;
  is_open = pushing == 0 && next.payload().size() == first.payload().size();
}

}  // namespace culvert::offload
