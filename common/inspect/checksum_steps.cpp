#include "inspect/checksum_steps.hpp"

#include <fmt/format.h>

#include <iterator>

#include "inspect/field_catalogue.hpp"
#include "inspect/names.hpp"
#include "wire/ipv4.hpp"
#include "wire/ipv6.hpp"
#include "wire/verify.hpp"

namespace culvert::inspect {
namespace {

using wire::ChecksumStatus;
using wire::Layer;
using wire::LayerAt;
using wire::Packet;

constexpr std::size_t words_shown = 40;  // of a long packet the rest is one sum

/// Adds words up on paper: 16 bits each, an odd byte at the end filled with zeros.
class Paper {
 public:
  explicit Paper(std::string& out) : out_(out) {}

  void group(std::string_view name, Bytes bytes, std::size_t field_at = ~std::size_t{0}) {
    out_ += fmt::format("  {:<15}", name);
    std::uint64_t rest = 0;
    for (std::size_t i = 0; i < bytes.size(); i += 2) {
      const unsigned low = i + 1 < bytes.size() ? bytes[i + 1] : 0u;
      const unsigned word = i == field_at ? 0u : bytes[i] * 256u + low;
      sum_ += word;
      if (i / 2 >= words_shown)
        rest += word;
      else
        append_word(i, i == field_at, word);
    }
    if (rest > 0)
      fmt::format_to(std::back_inserter(out_), " + {:x} (the sum of all further words)", rest);
    out_ += '\n';
  }

  std::uint64_t sum() const { return sum_; }

 private:
  void append_word(std::size_t i, bool field, unsigned word) {
    if (i > 0) out_ += i / 2 % 10 == 0 ? "\n                 + " : " + ";
    out_ += field ? "(0000)" : fmt::format("{:04x}", word);
  }

  std::string& out_;
  std::uint64_t sum_ = 0;
};

/// What TCP, UDP and ICMPv6 add before their own bytes, so that a packet which strays to another address is found out.
void pseudo_header(Paper& paper, const Packet& packet, std::size_t layer) {
  const LayerAt& at = packet.layers()[layer];
  const std::uint8_t protocol = at.layer == Layer::tcp ? 6 : at.layer == Layer::udp ? 17 : 58;
  const auto length = static_cast<std::uint16_t>(at.length);
  const std::uint8_t tail[] = {0, protocol, static_cast<std::uint8_t>(length >> 8),
                               static_cast<std::uint8_t>(length & 0xffu)};
  for (std::size_t i = layer; i-- > 0;) {
    const LayerAt& ip = packet.layers()[i];
    if (ip.layer != Layer::ipv4 && ip.layer != Layer::ipv6) continue;
    const Bytes header = packet.bytes_of(ip);
    const bool v4 = ip.layer == Layer::ipv4;
    paper.group("source", v4 ? header.subspan(12, 4) : header.subspan(8, 16));
    paper.group("destination", v4 ? header.subspan(16, 4) : header.subspan(24, 16));
    break;
  }
  paper.group("proto, length", tail);
}

void append_result(std::string& out, std::uint64_t sum, bool udp) {
  fmt::format_to(std::back_inserter(out), "  {:<15}{:x}\n", "sum", sum);
  while (sum > 0xffff) {
    const std::uint64_t carry = sum >> 16;
    const std::uint64_t low = sum & 0xffff;
    sum = low + carry;
    fmt::format_to(std::back_inserter(out), "  {:<15}{:04x} + {:x} = {:04x}\n", "add the carry",
                   low, carry, sum);
  }
  const std::uint64_t turned = ~sum & 0xffff;
  fmt::format_to(std::back_inserter(out), "  {:<15}~{:04x} = {:04x}{}\n", "turn every bit", sum,
                 turned, udp && turned == 0 ? ", sent as ffff, because 0000 means none" : "");
}

std::string_view verdict_words(ChecksumStatus status) {
  switch (status) {
    case ChecksumStatus::good:
      return "is right";
    case ChecksumStatus::bad:
      return "is wrong";
    case ChecksumStatus::absent:
      return "means: none was computed";
    case ChecksumStatus::illegal:
      return "means none, but IPv6 demands one";
    default:
      return "cannot be checked: not all that it covers is here";
  }
}

}  // namespace

void append_checksum_steps(std::string& out, const Packet& packet) {
  for (std::size_t i = 0; i < packet.layers().size(); ++i) {
    const LayerAt& at = packet.layers()[i];
    const auto verdict = verify_checksum(packet, i);
    if (verdict.status == ChecksumStatus::none) continue;
    fmt::format_to(std::back_inserter(out), "{}.checksum  0x{:04x} {}\n", key(at.layer),
                   verdict.found, verdict_words(verdict.status));
    if (verdict.status != ChecksumStatus::good && verdict.status != ChecksumStatus::bad) continue;
    Paper paper{out};
    const bool v4 = at.layer == Layer::ipv4;
    if (!v4 && at.layer != Layer::icmp) pseudo_header(paper, packet, i);
    const std::size_t field = find_field(key(at.layer), "checksum")->bit / 8;
    const Bytes covered = packet.bytes_of(at);
    paper.group(v4 ? "header" : "its bytes", v4 ? covered.first(at.header_length) : covered, field);
    append_result(out, paper.sum(), at.layer == Layer::udp);
    if (paper.sum() % 0xffff != (0xffffu - verdict.expected) % 0xffffu)
      out += "  but a routing header names another last destination, and that one counts\n";
  }
}

}  // namespace culvert::inspect
