// Chapter 5: how does a packet cross another network?
//
// New in this chapter: tunnel::PlainTunnel, which puts a packet into a UDP datagram and takes it
//                      out again, and shell::EventLoop, which serves both directions at once.
// One packet's way:    TunDevice -> PlainTunnel -> UdpSocket ~~ another network ~~
//                      UdpSocket -> PlainTunnel -> TunDevice

#include <fmt/format.h>

#include "cli/address_option.hpp"
#include "cli/choice_option.hpp"
#include "cli/run_program.hpp"
#include "io/clock.hpp"
#include "shell/course_tunnel.hpp"
#include "shell/io_mode.hpp"
#include "shell/machine_facts.hpp"
#include "shell/network_setup.hpp"

using namespace culvert;

namespace {

constexpr auto program = "05-udp-forward";

struct Options {
  std::string device = "myvpn";
  shell::IoMode io = shell::IoMode::offload;
  std::uint16_t listen = 5000;  // server
  std::string server;           // client
  bool cleanup = false;
};

void set_up_interface(shell::NetworkSetup& setup, const io::TunDevice& tun, shell::Role role,
                      shell::InnerMtu mtu) {
  fmt::print("MTU: {}\n", mtu.sum);
  setup.apply(
      shell::interface_plan(shell::interface_facts(tun), {inner_addresses(role), mtu.bytes}));
}

void run_server(const Options& options) {
  io::Poller poller;  // first: from here on Ctrl-C waits for its turn
  shell::NetworkSetup setup{program};
  auto socket = io::UdpSocket::listen(options.listen);
  auto tun = shell::open_tun(options.device, options.io);

  const auto mtu = shell::inner_mtu(Ipv4Address{}, shell::link_mtu(std::nullopt));
  set_up_interface(setup, tun, shell::Role::server, mtu);
  carry_and_sum_up(poller, tun, socket, tunnel::PlainTunnel::listening(), options.io);
}

void run_client(const Options& options) {
  const Endpoint server = cli::endpoint_option("--server", options.server);
  io::Poller poller;
  shell::NetworkSetup setup{program};
  auto socket = io::UdpSocket::for_peer(server);
  auto tun = shell::open_tun(options.device, options.io);

  const auto mtu = shell::inner_mtu(server.address, shell::link_mtu(server));
  set_up_interface(setup, tun, shell::Role::client, mtu);
  carry_and_sum_up(poller, tun, socket, tunnel::PlainTunnel::to_peer(server, io::Clock{}.now()),
                   options.io);
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{"A tunnel between two hosts: packets inside UDP datagrams, in clear", program};
  Options options;
  app.fallthrough();  // the options of both stand before or behind `server` and `client`
  app.add_option("--device", options.device, "name of the TUN device")->capture_default_str();
  cli::add_choice(app, "--io", options.io, shell::io_modes,
                  "how packets get in and out (chapter 10)");
  app.add_flag("--cleanup", options.cleanup, "undo what a killed run left behind, and end");
  CLI::App* server =
      app.add_subcommand("server", "wait for a client; inside, we are 10.0.0.1 and fd00:10::1");
  server->add_option("--listen", options.listen, "UDP port")->capture_default_str();
  CLI::App* client =
      app.add_subcommand("client", "go to a server; inside, we are 10.0.0.2 and fd00:10::2");
  client->add_option("--server", options.server, "where it listens, ADDRESS:PORT")->required();
  app.require_subcommand(0, 1);

  return cli::run_program(app, argc, argv, [&] {
    if (options.cleanup) {
      shell::NetworkSetup{program};
    } else if (*server) {
      run_server(options);
    } else if (*client) {
      run_client(options);
    } else {
      throw cli::UsageError("say `server` or `client`; --help tells more");
    }
  });
}
