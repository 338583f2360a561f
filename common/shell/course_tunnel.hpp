// The tunnel of chapters 05 to 08: its addresses, its MTU, and what it has to tell at its end.
//
//   client 10.0.0.2, fd00:10::2  ==== myvpn over UDP port 5000 ====  10.0.0.1, fd00:10::1 server
#pragma once

#include <fmt/format.h>

#include "base/endpoint.hpp"
#include "base/prefix.hpp"
#include "shell/io_mode.hpp"
#include "tunnel/plain_tunnel.hpp"

namespace culvert::shell {

/// Only the client knows from the start where its peer is.
enum class Role { client, server };

std::vector<InterfaceAddress> inner_addresses(Role role);
std::vector<Prefix> inner_networks();

/// The largest packet for inside, and the sum in words.
struct InnerMtu {
  std::size_t bytes;
  std::string sum;
};

/// What a link (or a whole path) of `link_mtu` bytes leaves for a packet inside, when an address
/// like `outer` is outside: in chapters 05 and 06, and from chapter 07 on.
InnerMtu inner_mtu(const IpAddress& outer, std::size_t link_mtu);
InnerMtu sealed_inner_mtu(const IpAddress& outer, std::size_t link_mtu);

/// Of the link that leads to the server; a server, which cannot know yet, takes Ethernet's 1500.
std::size_t link_mtu(const std::optional<Endpoint>& server);

/// What went through and what did not, a line each.
std::string summary(const tunnel::Traffic& outbound, const tunnel::Traffic& inbound,
                    const tunnel::DropCounts& drops, const LoopStats& stats);
template <class Tunnel>
std::string summary(const Tunnel& tunnel, const LoopStats& stats) {
  return summary(tunnel.outbound(), tunnel.inbound(), tunnel.drops(), stats);
}

/// Tells the reader, or the script that waits for it, that packets may come.
void say_ready(const io::TunDevice& tun, const io::UdpSocket& socket);

/// Takes packets from the device to the peer and back until somebody stops us; then tells what went through.
template <class Tunnel>
void carry_and_sum_up(io::Poller& poller, io::TunDevice& tun, io::UdpSocket& socket, Tunnel tunnel,
                      IoMode mode) {
  say_ready(tun, socket);
  const LoopStats stats = carry(poller, tun, socket, tunnel, mode);
  fmt::print("{}", summary(tunnel, stats));
}

}  // namespace culvert::shell
