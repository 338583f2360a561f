// WireguardDevice: a running tunnel as its settings see it. Requests from the control socket and configuration files arrive
// here as the same DeviceChange and become calls of the engine; the port and the mark belong to the socket.
#pragma once

#include "control/uapi.hpp"
#include "io/udp_socket.hpp"
#include "tunnel/tunnel.hpp"

namespace culvert::shell {

class WireguardDevice {
 public:
  WireguardDevice(tunnel::Tunnel& tunnel, io::UdpSocket& socket)
      : tunnel_(tunnel), socket_(socket) {}

  /// All of it, or nothing and the reason: a port may be taken, and a mark takes CAP_NET_ADMIN.
  std::errc apply(const control::DeviceChange& change);
  control::DeviceStatus status() const;

  /// For a ControlSocket.
  std::string answer(std::string_view request);

 private:
  void move_socket(std::uint16_t port, std::uint32_t mark);
  void apply(const control::PeerChange& change);

  tunnel::Tunnel& tunnel_;
  io::UdpSocket& socket_;
  std::optional<crypto::PrivateKey> private_key_;
  std::uint32_t mark_ = 0;
};

}  // namespace culvert::shell
