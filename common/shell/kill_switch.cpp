#include "shell/kill_switch.hpp"

#include <fmt/format.h>

namespace culvert::shell {
namespace {

// Naming the table before deleting it makes "delete" work whether it was there or not; nft does the
// whole text in one step, so that a new kill switch replaces an old one without a moment between
// them.
constexpr auto fresh_table =
    "table inet culvert_kill_switch\n"
    "delete table inet culvert_kill_switch\n";

constexpr auto rules = R"(table inet culvert_kill_switch {{
  chain output {{
    type filter hook output priority filter; policy drop;
    oifname {{ "lo", "{0}" }} accept
    {1} accept
    icmpv6 type {{ nd-neighbor-solicit, nd-neighbor-advert }} accept  # IPv6's ARP: without it no neighbour is found
  }}
  chain forward {{
    type filter hook forward priority filter; policy drop;
    oifname "{0}" accept
    iifname "{0}" accept
  }}
}}
)";

Command kill_switch(const std::string& tunnel, const std::string& ours) {
  return command("nft -f -", fresh_table + fmt::format(rules, tunnel, ours));
}

}  // namespace

Command set_kill_switch(const std::string& tunnel, const Endpoint& server) {
  return kill_switch(tunnel,
                     fmt::format("{} daddr {} udp dport {}", server.address.is_v4() ? "ip" : "ip6",
                                 to_string(server.address), server.port));
}

Command set_kill_switch(const std::string& tunnel, std::uint32_t mark) {
  return kill_switch(tunnel, fmt::format("meta mark {} meta l4proto udp", mark));
}

Command remove_kill_switch() { return command("nft -f -", fresh_table); }

}  // namespace culvert::shell
