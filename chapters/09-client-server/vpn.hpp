// Vpn: engine, interface, socket and control socket of one tunnel, and the loop that runs them with few rights.
#pragma once

#include "io/clock.hpp"
#include "io/daemon.hpp"
#include "io/poller.hpp"
#include "io/system_random.hpp"
#include "io/tun_device.hpp"
#include "shell/control_socket.hpp"
#include "shell/io_mode.hpp"
#include "shell/key_log_file.hpp"
#include "shell/wireguard_device.hpp"

namespace culvert::program {

/// How it ended.
enum class End {
  wanted,   // somebody stopped us, deleted the interface or removed the control socket
  crashed,  // the one who carries packets died
};

/// How packets get in and out, and by how many threads they are sealed and opened.
struct Io {
  shell::IoMode mode = shell::IoMode::offload;
  std::size_t workers = 1;
};

class Vpn {
 public:
  /// Makes the interface; the tunnel has no settings yet.
  Vpn(const std::string& name, const Io& io);

  const io::TunDevice& tun() const { return tun_; }
  Endpoint local() const { return socket_.local(); }
  /// Throws if a port is taken or a mark is not allowed.
  void apply(const control::DeviceChange& change);
  void set_mtu(std::size_t mtu) { tunnel_.set_mtu(mtu); }
  void log_keys(const std::string& path);
  /// Tells on standard output who asked what at the control socket, and how it was answered; no secrets.
  void log_requests() { logs_requests_ = true; }

  /// Carries packets, in a process of its own, which has lost nearly all rights.
  End carry(io::Poller& poller);

 private:
  void run(io::Poller& poller, shell::Crew* crew);
  std::string answer(std::string_view request);

  io::SystemRandom random_;
  io::SystemWallClock wall_clock_;
  tunnel::Tunnel tunnel_{random_, wall_clock_};
  io::UdpSocket socket_ = io::UdpSocket::listen(0);
  Io io_;
  io::TunDevice tun_;
  shell::WireguardDevice device_{tunnel_, socket_};
  shell::ControlSocket control_;
  std::optional<shell::KeyLogFile> key_log_;
  bool logs_requests_ = false;
};

}  // namespace culvert::program
