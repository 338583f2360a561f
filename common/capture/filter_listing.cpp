#include "capture/filter_listing.hpp"

#include <fmt/format.h>
#include <pcap/pcap.h>

#include <array>
#include <iterator>
#include <span>
#include <string_view>
#include <vector>

#include "base/ip_address.hpp"

namespace culvert::capture {
namespace {

enum class Meaning { number, ether_type, version, protocol, address, port, length };

/// A place in a packet that filters like to look at. Offsets count from the IP header's first byte.
struct Place {
  unsigned version;  // 4 or 6
  unsigned offset;
  unsigned size;
  Meaning meaning;
  std::string_view name;
};

constexpr Place places[] = {
    {4, 0, 1, Meaning::version, "IP version and header length"},
    {4, 2, 2, Meaning::number, "total length"},
    {4, 6, 2, Meaning::number, "flags and fragment offset"},
    {4, 8, 1, Meaning::number, "time to live"},
    {4, 9, 1, Meaning::protocol, "protocol"},
    {4, 12, 4, Meaning::address, "source address"},
    {4, 16, 4, Meaning::address, "destination address"},
    {6, 4, 2, Meaning::number, "payload length"},
    {6, 6, 1, Meaning::protocol, "next header"},
    {6, 7, 1, Meaning::number, "hop limit"},
    {6, 8, 4, Meaning::number, "source address, first quarter"},
    {6, 12, 4, Meaning::number, "source address, second quarter"},
    {6, 16, 4, Meaning::number, "source address, third quarter"},
    {6, 20, 4, Meaning::number, "source address, last quarter"},
    {6, 24, 4, Meaning::number, "destination address, first quarter"},
    {6, 28, 4, Meaning::number, "destination address, second quarter"},
    {6, 32, 4, Meaning::number, "destination address, third quarter"},
    {6, 36, 4, Meaning::number, "destination address, last quarter"},
    {6, 40, 2, Meaning::port, "source port"},
    {6, 42, 2, Meaning::port, "destination port"},
    {6, 40, 1, Meaning::number, "ICMP type"},
    {6, 53, 1, Meaning::number, "TCP flags"},
    {6, 44, 1, Meaning::protocol, "next header of the fragment header"},
};

/// Where things lie in front of the IP header.
struct LinkPlaces {
  std::uint16_t link_type;
  unsigned ip;
  unsigned ether_type;
};
constexpr unsigned nowhere = ~0u;
constexpr LinkPlaces link_places[] = {
    {1, 14, 12}, {113, 16, 14}, {276, 20, 0}, {0, 4, nowhere}, {108, 4, nowhere}};

/// What is known before an instruction, whichever way the program came there.
struct Known {
  Meaning a = Meaning::number;
  unsigned version = 0;  // of IP; 0: not known
  bool reached = false;
};

class Listing {
 public:
  Listing(std::span<const bpf_insn> program, std::uint16_t link_type)
      : program_(program), known_(program.size()) {
    for (const LinkPlaces& each : link_places) {
      if (each.link_type == link_type) link_ = each;
    }
    known_[0].reached = true;
  }

  std::string text() {
    std::string out;
    for (std::size_t i = 0; i < program_.size(); ++i) {
      std::string assembly = bpf_image(&program_[i], static_cast<int>(i));
      // "jt 2\tjf 8": blanks instead, so that it looks the same wherever it is shown.
      if (const auto tab = assembly.find('\t'); tab != std::string::npos)
        assembly.replace(tab, 1, tab < 40 ? 40 - tab : 1, ' ');
      out += assembly;
      out.append(assembly.size() < 48 ? 48 - assembly.size() : 1, ' ');
      out += "; " + words(i) + '\n';
    }
    return out;
  }

 private:
  std::string words(std::size_t i);
  std::string load(std::size_t i, const bpf_insn& instruction);
  std::string jump(std::size_t i, const bpf_insn& instruction);
  std::string value(Meaning meaning, std::uint32_t number) const;
  void go(std::size_t to, const Known& known);

  std::span<const bpf_insn> program_;
  std::vector<Known> known_;  // before each instruction; jumps only lead forward
  LinkPlaces link_{101, 0, nowhere};
};

unsigned size_of(const bpf_insn& instruction) {
  switch (BPF_SIZE(instruction.code)) {
    case BPF_B:
      return 1;
    case BPF_H:
      return 2;
    default:
      return 4;
  }
}

std::string_view protocol_word(std::uint32_t number) {
  switch (number) {
    case 1:
      return "ICMP";
    case 2:
      return "IGMP";
    case 6:
      return "TCP";
    case 17:
      return "UDP";
    case 44:
      return "a fragment";
    case 47:
      return "GRE";
    case 50:
      return "ESP";
    case 58:
      return "ICMPv6";
    case 132:
      return "SCTP";
    default:
      return {};
  }
}

std::string_view ether_type_word(std::uint32_t number) {
  switch (number) {
    case 0x0800:
      return "IPv4";
    case 0x0806:
      return "ARP";
    case 0x8100:
      return "VLAN";
    case 0x86dd:
      return "IPv6";
    default:
      return {};
  }
}

std::string Listing::value(Meaning meaning, std::uint32_t number) const {
  std::string_view word;
  if (meaning == Meaning::protocol) word = protocol_word(number);
  if (meaning == Meaning::ether_type) word = ether_type_word(number);
  if (meaning == Meaning::version && number == 0x40) word = "version 4";
  if (meaning == Meaning::version && number == 0x60) word = "version 6";
  if (!word.empty()) return std::string{word};
  if (meaning == Meaning::address) {
    std::array<std::uint8_t, 4> bytes;
    store_be32(bytes, number);
    return to_string(Ipv4Address{Field<4>{bytes}});
  }
  const bool decimal = meaning == Meaning::port || meaning == Meaning::length;
  return decimal ? fmt::format("{}", number) : fmt::format("{:#x}", number);
}

/// Every way that leads to an instruction must agree, or nothing is known there.
void Listing::go(std::size_t to, const Known& known) {
  if (to >= known_.size()) return;
  Known& there = known_[to];
  if (!there.reached) {
    there = known;
  } else {
    if (there.a != known.a) there.a = Meaning::number;
    if (there.version != known.version) there.version = 0;
  }
  there.reached = true;
}

std::string Listing::load(std::size_t i, const bpf_insn& instruction) {
  Known next = known_[i];
  next.a = Meaning::number;
  const unsigned size = size_of(instruction);
  const bool indexed = BPF_MODE(instruction.code) == BPF_IND;
  const unsigned at = instruction.k;
  std::string text = indexed
                         ? fmt::format("A = {} byte{} at X + {}", size, size == 1 ? "" : "s", at)
                     : size == 1 ? fmt::format("A = byte {}", at)
                                 : fmt::format("A = bytes {}-{}", at, at + size - 1);
  if (!indexed && at == link_.ether_type && size == 2) {
    next.a = Meaning::ether_type;
    text += ", the ether type";
  } else {
    // With X the length of the IPv4 header, its transport header begins where that of IPv6 does with 40 instead.
    const unsigned version = next.version == 6 && !indexed ? 6 : 4;
    for (const Place& place : places) {
      const bool transport = place.version == 6 && place.offset >= 40;
      const bool here = indexed ? transport && at + 40 == link_.ip + place.offset
                                : place.version == version && at == link_.ip + place.offset;
      if (!here || place.size != size) continue;
      next.a = place.meaning;
      text += fmt::format(", the {}", place.name);
      break;
    }
  }
  go(i + 1, next);
  return text;
}

std::string Listing::jump(std::size_t i, const bpf_insn& instruction) {
  const Known& here = known_[i];
  if (BPF_OP(instruction.code) == BPF_JA) {
    go(i + 1 + instruction.k, here);
    return fmt::format("go on at {}", i + 1 + instruction.k);
  }
  const std::size_t yes = i + 1 + instruction.jt;
  const std::size_t no = i + 1 + instruction.jf;
  Known taken = here;
  const bool equal = BPF_OP(instruction.code) == BPF_JEQ;
  const bool by_type = here.a == Meaning::ether_type || here.a == Meaning::version;
  if (equal && by_type && (instruction.k == 0x86dd || instruction.k == 0x60)) taken.version = 6;
  if (equal && by_type && (instruction.k == 0x0800 || instruction.k == 0x40)) taken.version = 4;
  go(yes, taken);
  go(no, here);
  const std::string other = BPF_SRC(instruction.code) == BPF_X ? "X" : value(here.a, instruction.k);
  std::string question;
  switch (BPF_OP(instruction.code)) {
    case BPF_JEQ:
      question = "is it " + other;
      break;
    case BPF_JGT:
      question = "is it above " + other;
      break;
    case BPF_JGE:
      question = "is it at least " + other;
      break;
    default:
      question = instruction.k == 0x1fff ? "is it a later fragment" : "has it any bit of " + other;
  }
  return fmt::format("{}? yes: {}, no: {}", question, yes, no);
}

std::string Listing::words(std::size_t i) {
  const bpf_insn& instruction = program_[i];
  const std::uint32_t k = instruction.k;
  const auto code = instruction.code;
  Known next = known_[i];
  switch (BPF_CLASS(code)) {
    case BPF_LD:
      if (BPF_MODE(code) == BPF_ABS && static_cast<std::int32_t>(k) < 0)
        break;  // an ancillary value of Linux
      if (BPF_MODE(code) == BPF_ABS || BPF_MODE(code) == BPF_IND) return load(i, instruction);
      next.a = BPF_MODE(code) == BPF_LEN ? Meaning::length : Meaning::number;
      go(i + 1, next);
      if (BPF_MODE(code) == BPF_LEN) return "A = the packet's length";
      return BPF_MODE(code) == BPF_IMM ? fmt::format("A = {}", k)
                                       : fmt::format("A = what was stored in M[{}]", k);
    case BPF_LDX:
      go(i + 1, next);
      if (BPF_MODE(code) == BPF_MSH)
        return "X = length of the IPv4 header: its low half byte, times 4";
      return BPF_MODE(code) == BPF_IMM ? fmt::format("X = {}", k)
                                       : fmt::format("X = what was stored in M[{}]", k);
    case BPF_ST:
    case BPF_STX:
      go(i + 1, next);
      return fmt::format("store {} in M[{}]", BPF_CLASS(code) == BPF_ST ? 'A' : 'X', k);
    case BPF_ALU:
      if (BPF_OP(code) != BPF_AND) next.a = Meaning::number;
      go(i + 1, next);
      return BPF_OP(code) == BPF_AND && BPF_SRC(code) == BPF_K
                 ? fmt::format("keep the bits {:#x} of A", k)
                 : "calculate with A";
    case BPF_JMP:
      return jump(i, instruction);
    case BPF_RET:
      return k == 0 ? "leave the packet out" : "take the packet";
    default:
      break;
  }
  next.a = Meaning::number;
  go(i + 1, next);
  return BPF_CLASS(code) == BPF_MISC ? "copy between A and X" : "A = something the kernel knows";
}

std::span<const bpf_insn> instructions(const Filter& filter) {
  return {filter.program()->bf_insns, filter.program()->bf_len};
}

}  // namespace

std::string filter_in_words(const Filter& filter, std::uint16_t link_type) {
  return Listing{instructions(filter), link_type}.text();
}

std::string filter_in_c(const Filter& filter) {
  std::string out;
  for (const bpf_insn& each : instructions(filter)) {
    fmt::format_to(std::back_inserter(out), "{{ {:#x}, {}, {}, 0x{:08x} }},\n", each.code, each.jt,
                   each.jf, each.k);
  }
  return out;
}

std::string filter_in_numbers(const Filter& filter) {
  std::string out = fmt::format("{}\n", instructions(filter).size());
  for (const bpf_insn& each : instructions(filter)) {
    fmt::format_to(std::back_inserter(out), "{} {} {} {}\n", each.code, each.jt, each.jf, each.k);
  }
  return out;
}

}  // namespace culvert::capture
