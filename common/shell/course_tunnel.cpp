#include "shell/course_tunnel.hpp"

#include <fmt/format.h>

#include <cstdio>

#include "tunnel/data_message.hpp"
#include "wire/tunnel_message.hpp"

namespace culvert::shell {
namespace {

std::string sum_in_words(const IpAddress& outer, std::size_t link_mtu, std::string_view ours,
                         std::size_t left) {
  return fmt::format("{} on the link - {} - 8 UDP - {} = {} for a packet inside", link_mtu,
                     outer.is_v4() ? "20 IPv4" : "40 IPv6", ours, left);
}

}  // namespace

std::vector<InterfaceAddress> inner_addresses(Role role) {
  const std::uint8_t host = role == Role::server ? 1 : 2;
  std::array<std::uint8_t, 16> v6{0xfd, 0x00, 0x00, 0x10};
  v6.back() = host;
  return {{Ipv4Address{10, 0, 0, host}, 24}, {Ipv6Address{v6}, 64}};
}

std::vector<Prefix> inner_networks() {
  std::vector<Prefix> networks;
  for (const InterfaceAddress& address : inner_addresses(Role::server))
    networks.push_back(address.network());
  return networks;
}

InnerMtu inner_mtu(const IpAddress& outer, std::size_t link_mtu) {
  const std::size_t left = wire::largest_inner_packet(outer, link_mtu);
  return {left,
          sum_in_words(outer, link_mtu, fmt::format("{} ours", wire::tunnel_header_size), left)};
}

InnerMtu sealed_inner_mtu(const IpAddress& outer, std::size_t link_mtu) {
  const std::size_t left =
      link_mtu - (outer.is_v4() ? 20 : 40) - 8 - tunnel::data_message::overhead;
  return {left, sum_in_words(outer, link_mtu, "16 header - 16 tag", left)};
}

std::size_t link_mtu(const std::optional<Endpoint>& server) {
  constexpr std::size_t ethernet = 1500;
  return server ? io::path_mtu(*server).value_or(ethernet) : ethernet;
}

void say_ready(const io::TunDevice& tun, const io::UdpSocket& socket) {
  fmt::print("ready: {} <-> UDP {} (Ctrl-C stops)\n", tun.name(), to_string(socket.local()));
  std::fflush(stdout);
}

std::string summary(const tunnel::Traffic& outbound, const tunnel::Traffic& inbound,
                    const tunnel::DropCounts& drops, const LoopStats& stats) {
  std::string text =
      fmt::format("carried {} packets out and {} in\n", outbound.packets, inbound.packets);
  text += fmt::format("system calls: {}\n", stats.system_calls);
  const auto add = [&text](std::uint64_t count, std::string_view what) {
    if (count != 0) text += fmt::format("lost {}: {}\n", count, what);
  };
  for (const tunnel::DropReason reason : tunnel::all_drop_reasons)
    add(drops[reason], to_words(reason));
  add(stats.datagrams_unsent, "the network did not take them");
  add(stats.packets_unwritten, "the interface did not take them");
  return text;
}

}  // namespace culvert::shell
