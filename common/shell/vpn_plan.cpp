#include "shell/vpn_plan.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "shell/name_server_plan.hpp"

namespace culvert::shell {
namespace {

using control::ConfigFile;
using Choice = control::RouteTable::Choice;

/// 40 IPv6 + 8 UDP + 16 header + 16 tag: room for the largest outer header, wherever the peer roams to.
constexpr std::size_t overhead = 80;

/// "%i" stands for the interface.
Command hook(std::string line, const std::string& interface) {
  for (std::size_t at = 0; (at = line.find("%i", at)) != std::string::npos; at += interface.size())
    line.replace(at, 2, interface);
  return {{"sh", "-c", line}, {}};
}

void append_hooks(Plan& plan, const std::vector<std::string>& lines, const VpnFacts& facts) {
  for (const std::string& line : lines)
    plan.push_back({hook(line, facts.interface.name), std::nullopt});
}

/// Changes are undone in reverse order, so what runs at the end stands where its counterpart stands.
void append_undo_hooks(Plan& plan, const std::vector<std::string>& lines, const VpnFacts& facts) {
  for (auto line = lines.rbegin(); line != lines.rend(); ++line)
    plan.push_back({{}, hook(*line, facts.interface.name)});
}

/// The kernel makes a route for the network of each address by itself.
bool has_route(const ConfigFile& config, const Prefix& prefix) {
  return std::ranges::any_of(config.interface.addresses, [&](const InterfaceAddress& at) {
    return prefix.length() >= at.prefix_length && at.network().contains(prefix.address());
  });
}

/// Each network once, in the order of their addresses.
std::vector<Prefix> networks(const ConfigFile& config, bool has_ipv6) {
  std::vector<Prefix> all;
  for (const control::PeerSection& peer : config.peers) {
    for (const Prefix& prefix : peer.allowed_ips) {
      if (prefix.address().is_v4() || has_ipv6) all.push_back(prefix);
    }
  }
  std::ranges::sort(all);
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

const char* family(const IpAddress& address) { return address.is_v4() ? "-4" : "-6"; }

/// A route into the tunnel goes away with the interface, unless that stays.
Change route(const Prefix& prefix, const VpnFacts& facts, const std::string& table = "") {
  const std::string where =
      fmt::format("{} dev {}{}", to_string(prefix), facts.interface.name, table);
  Change change{command("ip route add " + where), std::nullopt};
  if (facts.interface.outlives_us) change.undo = command("ip route del " + where);
  return change;
}

/// Many commands of `ip` as one: a thousand peers must not mean a thousand processes.
Command in_one(const std::vector<Command>& commands) {
  Command all = command("ip -batch -");
  for (const Command& one : commands)
    all.input += fmt::format("{}\n", fmt::join(one.words.begin() + 1, one.words.end(), " "));
  return all;
}

Plan few_commands(const Plan& routes) {
  constexpr std::size_t few = 8;
  if (routes.size() <= few) return routes;
  std::vector<Command> applied;
  std::vector<Command> undone;
  for (const Change& change : routes) {
    applied.push_back(change.apply);
    if (change.undo) undone.push_back(*change.undo);
  }
  if (undone.empty()) return {{in_one(applied), std::nullopt}};
  return {{in_one(applied), in_one(undone)}};
}

Change rule(const char* version, const std::string& text) {
  return {command(fmt::format("ip {} rule add {}", version, text)),
          command(fmt::format("ip {} rule del {}", version, text))};
}

/// What is not ours goes into the tunnel; but what the main table knows better than by its default route does not, so that
/// the printer at home can still be reached.
void append_default_route(Plan& plan, const Prefix& everything, const VpnFacts& facts) {
  const char* version = family(everything.address());
  plan.push_back(route(everything, facts, fmt::format(" table {}", facts.mark)));
  plan.push_back(rule(version, fmt::format("not fwmark {0} table {0}", facts.mark)));
  plan.push_back(rule(version, "table main suppress_prefixlength 0"));
}

/// An answer carries the mark of its question, so that the reverse-path filter finds the way that it really came; and who is
/// on the link cannot reach our inner addresses beside the tunnel.
Change mark_table(const ConfigFile& config, const VpnFacts& facts) {
  std::string strangers;
  for (const InterfaceAddress& at : config.interface.addresses) {
    strangers +=
        fmt::format("    iifname != \"{}\" {} daddr {} fib saddr type != local drop\n",
                    facts.interface.name, at.address.is_v4() ? "ip" : "ip6", to_string(at.address));
  }
  std::string name = "culvert_" + facts.interface.name;
  std::ranges::replace_if(
      name, [](char c) { return c == '=' || c == '+'; }, '_');  // nft's words have none
  const std::string text = fmt::format(R"(table inet {0} {{
  chain preraw {{
    type filter hook prerouting priority raw;
{1}  }}
  chain premangle {{
    type filter hook prerouting priority mangle;
    meta l4proto udp meta mark set ct mark
  }}
  chain postmangle {{
    type filter hook postrouting priority mangle;
    meta l4proto udp mark {2} ct mark set mark
    oifname "{3}" tcp flags syn tcp option maxseg size set rt mtu
  }}
}}
)",
                                       name, strangers, facts.mark, facts.interface.name);
  return {command("nft -f -", text), command(fmt::format("nft delete table inet {}", name))};
}

void append_routes(Plan& plan, const ConfigFile& config, const VpnFacts& facts) {
  const control::RouteTable& table = config.interface.table;
  if (table.choice == Choice::off) return;
  bool everything = false;
  Plan routes;
  for (const Prefix& prefix : networks(config, facts.interface.has_ipv6)) {
    if (table.choice == Choice::number) {
      routes.push_back(route(prefix, facts, fmt::format(" table {}", table.number)));
    } else if (prefix.length() == 0) {
      append_default_route(plan, prefix, facts);
      everything = true;
    } else if (!has_route(config, prefix)) {
      routes.push_back(route(prefix, facts));
    }
  }
  append(plan, few_commands(routes));
  if (!everything) return;
  if (facts.source_valid_mark == "0") {
    plan.push_back({command("sysctl -w net.ipv4.conf.all.src_valid_mark=1"),
                    command("sysctl -w net.ipv4.conf.all.src_valid_mark=0")});
  }
  plan.push_back(mark_table(config, facts));
}

void append_name_servers(Plan& plan, const ConfigFile& config, const VpnFacts& facts) {
  if (config.interface.name_servers.empty()) return;
  std::string text;
  for (const IpAddress& server : config.interface.name_servers)
    text += fmt::format("nameserver {}\n", to_string(server));
  std::string domains;
  for (const std::string& domain : config.interface.search_domains) domains += " " + domain;
  if (!domains.empty()) text += "search" + domains + "\n";
  append(plan, resolver_plan(text, facts.resolv_conf));
}

}  // namespace

bool takes_everything(const ConfigFile& config) {
  const auto is_everything = [](const Prefix& prefix) { return prefix.length() == 0; };
  return config.interface.table.choice == Choice::automatic &&
         std::ranges::any_of(config.peers, [&](const control::PeerSection& peer) {
           return std::ranges::any_of(peer.allowed_ips, is_everything);
         });
}

Plan vpn_plan(const ConfigFile& config, const VpnFacts& facts) {
  const control::Hooks& hooks = config.interface.hooks;
  Plan plan;
  append_undo_hooks(plan, hooks.post_down, facts);
  append_hooks(plan, hooks.pre_up, facts);
  append(plan, interface_plan(facts.interface,
                              {config.interface.addresses,
                               config.interface.mtu.value_or(facts.link_mtu - overhead)}));
  append_name_servers(plan, config, facts);
  append_routes(plan, config, facts);
  append_undo_hooks(plan, hooks.pre_down, facts);
  append_hooks(plan, hooks.post_up, facts);
  return plan;
}

std::vector<Prefix> pool(const ConfigFile& config) {
  std::vector<Prefix> networks;
  for (const InterfaceAddress& address : config.interface.addresses)
    networks.push_back(address.network());
  return networks;
}

}  // namespace culvert::shell
