#include "capture/filter_words.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace culvert::capture {
namespace {

/// Of pcap-filter(7), as far as people type them.
constexpr std::array<std::string_view, 42> words{
    "and",      "arp",      "broadcast",  "dst",      "ether",  "gateway",   "geneve",
    "greater",  "host",     "icmp",       "icmp6",    "igmp",   "inbound",   "ip",
    "ip6",      "ip6proto", "less",       "len",      "mask",   "mpls",      "multicast",
    "net",      "not",      "or",         "outbound", "port",   "portrange", "pppoed",
    "pppoes",   "proto",    "protochain", "rarp",     "sctp",   "src",       "tcp",
    "tcpflags", "udp",      "vlan",       "icmptype", "ifname", "link",      "vrrp"};

bool swapped(std::string_view a, std::string_view b) {
  const auto [x, y] = std::mismatch(a.begin(), a.end(), b.begin());
  return a.end() - x >= 2 && x[0] == y[1] && x[1] == y[0] && std::equal(x + 2, a.end(), y + 2);
}

bool one_letter_wrong(std::string_view a, std::string_view b) {
  const auto [x, y] = std::mismatch(a.begin(), a.end(), b.begin());
  return x == a.end() || std::equal(x + 1, a.end(), y + 1);
}

bool one_letter_more(std::string_view longer, std::string_view shorter) {
  const auto [x, y] = std::mismatch(shorter.begin(), shorter.end(), longer.begin());
  return std::equal(x, shorter.end(), y + 1);
}

bool one_slip_away(std::string_view a, std::string_view b) {
  if (a.size() == b.size()) return one_letter_wrong(a, b) || swapped(a, b);
  if (a.size() == b.size() + 1) return one_letter_more(a, b);
  return b.size() == a.size() + 1 && one_letter_more(b, a);
}

}  // namespace

std::vector<std::string> meant_perhaps(std::string_view word) {
  std::vector<std::string> result;
  if (word.size() < 3) return result;  // everything short is near to everything short
  for (const std::string_view each : words) {
    if (each != word && one_slip_away(each, word)) result.emplace_back(each);
  }
  std::sort(result.begin(), result.end());
  return result;
}

}  // namespace culvert::capture
