#include "shell/machine_facts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>
#include <system_error>

#include "io/file.hpp"
#include "io/netlink.hpp"
#include "io/process.hpp"
#include "io/udp_socket.hpp"
#include "shell/network_setup.hpp"

namespace culvert::shell {
namespace {

/// A switch of the kernel: "0" or "1"; empty where the kernel has none of that name.
std::string kernel_switch(const std::string& path) {
  std::string value = io::read_file("/proc/sys/net/" + path).value_or("");
  while (!value.empty() && value.back() == '\n') value.pop_back();
  return value;
}

Ipv6Fate ipv6_fate(const InterfaceFacts& tunnel) {
  if (tunnel.has_ipv6) return Ipv6Fate::through_tunnel;
  return kernel_switch("ipv6/conf/all/disable_ipv6") == "0" ? Ipv6Fate::refused : Ipv6Fate::absent;
}

IpAddress ipv4_address_of(const std::string& interface) {
  for (const io::Link& link : io::links()) {
    if (link.name != interface) continue;
    for (const io::LinkAddress& at : io::addresses()) {
      if (at.interface == link.index && at.address.address.is_v4()) return at.address.address;
    }
  }
  throw std::runtime_error(fmt::format("interface {} has no IPv4 address", interface));
}

}  // namespace

InterfaceFacts interface_facts(const io::TunDevice& tun) {
  return {tun.name(), io::interface_state(tun.name()), tun.outlives_us(),
          kernel_switch(fmt::format("ipv6/conf/{}/disable_ipv6", tun.name())) == "0"};
}

RouteFacts route_facts(const IpAddress& server, const InterfaceFacts& tunnel) {
  const std::string answer = run(command("ip route get " + to_string(server)));
  const auto way = parse_route_get(answer);
  if (!way) throw std::runtime_error("`ip route get` names no device:\n" + answer);
  const std::string own =
      run(command(fmt::format("ip route show exact {}", to_string(Prefix{server, server.bits()}))));
  return {server, *way, !own.empty(), tunnel.name, tunnel.outlives_us, ipv6_fate(tunnel)};
}

GatewayFacts gateway_facts(const std::string& tunnel, std::vector<Prefix> inside) {
  return {tunnel, std::move(inside), kernel_switch("ipv4/ip_forward"),
          kernel_switch("ipv6/conf/all/forwarding")};
}

NatFacts nat_facts(const io::TunDevice& tun, const std::string& uplink, const Prefix& inside,
                   Ipv4Address outside) {
  return {tun.name(),
          tun.outlives_us(),
          uplink,
          ipv4_address_of(uplink),
          inside,
          outside,
          kernel_switch("ipv4/ip_forward")};
}

VpnFacts vpn_facts(const io::TunDevice& tun, const std::vector<Endpoint>& peers,
                   std::uint32_t mark) {
  VpnFacts facts{.interface = interface_facts(tun), .mark = mark};
  std::size_t largest = 0;
  for (const Endpoint& peer : peers) largest = std::max(largest, io::path_mtu(peer).value_or(0));
  if (largest > 0) facts.link_mtu = largest;
  facts.source_valid_mark = kernel_switch("ipv4/conf/all/src_valid_mark");
  facts.resolv_conf = io::read_file("/etc/resolv.conf");
  return facts;
}

std::uint32_t free_mark() {
  const std::vector<Route> routes = io::routes();
  std::uint32_t mark = default_mark;
  while (std::ranges::find(routes, mark, &Route::table) != routes.end()) ++mark;
  return mark;
}

bool kill_switch_is_set(const std::string& tunnel) try {
  const io::Finished table =
      io::run_process({"nft", "list", "table", "inet", "culvert_kill_switch"});
  return table.exit_status == 0 && table.output.find('"' + tunnel) != std::string::npos;
} catch (const std::system_error&) {
  return false;  // a machine without `nft` has no table of ours
}

}  // namespace culvert::shell
