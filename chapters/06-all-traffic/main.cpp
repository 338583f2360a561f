// Chapter 6: how does everything go through the tunnel, and not the tunnel itself?
//
// New in this chapter: shell::route_plan (two half routes and an exempt server), gateway_plan (the
//                      server forwards in its own name), name_server_plan (DNS must not leak),
//                      set_kill_switch (nothing else gets out).
// One packet's way:    curl -> half route -> myvpn -> chapter 5's tunnel -> the server
//                      -> masquerade -> the site

#include <fmt/format.h>

#include "cli/address_option.hpp"
#include "cli/choice_option.hpp"
#include "cli/run_program.hpp"
#include "io/clock.hpp"
#include "io/file.hpp"
#include "shell/course_tunnel.hpp"
#include "shell/io_mode.hpp"
#include "shell/kill_switch.hpp"
#include "shell/machine_facts.hpp"
#include "shell/name_server_plan.hpp"
#include "shell/network_setup.hpp"

using namespace culvert;

namespace {

constexpr auto program = "06-all-traffic";

struct Options {
  std::string device = "myvpn";
  shell::IoMode io = shell::IoMode::offload;
  std::uint16_t listen = 5000;  // server
  std::string server;           // client, and the next two
  std::string dns;
  bool kill_switch = false;
  bool cleanup = false;
};

shell::Plan server_plan(const io::TunDevice& tun) {
  const auto mtu = shell::inner_mtu(Ipv4Address{}, shell::link_mtu(std::nullopt));
  fmt::print("MTU: {}\n", mtu.sum);
  shell::Plan plan = interface_plan(shell::interface_facts(tun),
                                    {inner_addresses(shell::Role::server), mtu.bytes});
  append(plan, gateway_plan(shell::gateway_facts(tun.name(), shell::inner_networks())));
  return plan;
}

/// First the interface, then the routes that lead into it.
shell::Plan client_plan(const Endpoint& server, const std::optional<IpAddress>& dns,
                        const io::TunDevice& tun) {
  const auto mtu = shell::inner_mtu(server.address, shell::link_mtu(server));
  fmt::print("MTU: {}\n", mtu.sum);
  const shell::InterfaceFacts interface = shell::interface_facts(tun);
  shell::Plan plan = interface_plan(interface, {inner_addresses(shell::Role::client), mtu.bytes});
  append(plan, route_plan(shell::route_facts(server.address, interface)));
  if (dns) append(plan, shell::name_server_plan(*dns, io::read_file("/etc/resolv.conf")));
  return plan;
}

void run_server(const Options& options) {
  io::Poller poller;  // first: from here on Ctrl-C waits for its turn
  shell::NetworkSetup setup{program};
  auto socket = io::UdpSocket::listen(options.listen);
  auto tun = shell::open_tun(options.device, options.io);

  setup.apply(server_plan(tun));
  carry_and_sum_up(poller, tun, socket, tunnel::PlainTunnel::listening(), options.io);
}

void run_client(const Options& options) {
  const Endpoint server = cli::endpoint_option("--server", options.server);
  std::optional<IpAddress> dns;
  if (!options.dns.empty()) dns = cli::address_option("--dns", options.dns);
  io::Poller poller;
  shell::NetworkSetup setup{program};
  auto socket = io::UdpSocket::for_peer(server);
  auto tun = shell::open_tun(options.device, options.io);

  setup.apply(client_plan(server, dns, tun));
  if (options.kill_switch) shell::run(shell::set_kill_switch(tun.name(), server));
  if (!dns) {
    fmt::print("note: DNS stays as it is, outside the tunnel; --dns 10.0.0.1 takes it inside\n");
  }
  if (!options.kill_switch && shell::kill_switch_is_set()) {
    fmt::print("note: the kill switch of an earlier run still holds; --cleanup removes it\n");
  }
  carry_and_sum_up(poller, tun, socket, tunnel::PlainTunnel::to_peer(server, io::Clock{}.now()),
                   options.io);
  // Reached only when somebody asked us to stop; if we die, it stays.
  if (options.kill_switch) shell::run(shell::remove_kill_switch());
}

void clean_up() {
  shell::NetworkSetup{program};
  if (shell::kill_switch_is_set()) shell::run(shell::remove_kill_switch());
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{"Everything through a tunnel in clear, and out into the world at its other end",
               program};
  Options options;
  app.fallthrough();  // the options of both stand before or behind `server` and `client`
  app.add_option("--device", options.device, "name of the TUN device")->capture_default_str();
  cli::add_choice(app, "--io", options.io, shell::io_modes,
                  "how packets get in and out (chapter 10)");
  app.add_flag("--cleanup", options.cleanup,
               "undo what a killed run left behind, its kill switch too, and end");
  CLI::App* server =
      app.add_subcommand("server", "wait for a client, and be its gateway to the world");
  server->add_option("--listen", options.listen, "UDP port")->capture_default_str();
  CLI::App* client = app.add_subcommand("client", "send everything through a server");
  client->add_option("--server", options.server, "where it listens, ADDRESS:PORT")->required();
  client->add_option("--dns", options.dns,
                     "name server to ask through the tunnel, such as 10.0.0.1");
  client->add_flag("--kill-switch", options.kill_switch,
                   "let nothing out beside the tunnel, even if we crash");
  app.require_subcommand(0, 1);

  return cli::run_program(app, argc, argv, [&] {
    if (options.cleanup) {
      clean_up();
    } else if (*server) {
      run_server(options);
    } else if (*client) {
      run_client(options);
    } else {
      throw cli::UsageError("say `server` or `client`; --help tells more");
    }
  });
}
