#include "inspect/address_kind.hpp"

#include "base/prefix.hpp"

namespace culvert::inspect {
namespace {

struct Block {
  std::string_view prefix;
  std::string_view kind;
};

/// From the registries of special-purpose addresses (RFC 6890); smaller blocks stand before those around them.
constexpr Block blocks[] = {
    {"0.0.0.0/32", "no address: the sender has none yet"},
    {"255.255.255.255/32", "everybody on this link"},
    {"10.0.0.0/8", "private, never routed on the Internet (RFC 1918)"},
    {"172.16.0.0/12", "private, never routed on the Internet (RFC 1918)"},
    {"192.168.0.0/16", "private, never routed on the Internet (RFC 1918)"},
    {"100.64.0.0/10", "between a provider and its customers (RFC 6598)"},
    {"127.0.0.0/8", "this machine itself"},
    {"169.254.0.0/16", "valid on this link only"},
    {"192.0.2.0/24", "for examples, nobody's (RFC 5737)"},
    {"198.51.100.0/24", "for examples, nobody's (RFC 5737)"},
    {"203.0.113.0/24", "for examples, nobody's (RFC 5737)"},
    {"198.18.0.0/15", "for measuring devices (RFC 2544)"},
    {"224.0.0.0/4", "a group: multicast"},
    {"::/128", "no address: the sender has none yet"},
    {"::1/128", "this machine itself"},
    {"fe80::/10", "valid on this link only"},
    {"fc00::/7", "private, never routed on the Internet (RFC 4193)"},
    {"2001:db8::/32", "for examples, nobody's (RFC 3849)"},
    {"ff00::/8", "a group: multicast"},
};

}  // namespace

std::string_view address_kind(const IpAddress& address) {
  for (const Block& block : blocks) {
    if (Prefix::parse(block.prefix)->contains(address)) return block.kind;
  }
  return {};
}

}  // namespace culvert::inspect
