// Chapter 9: how do many people share one server, and who may be whom?
//
// New in this chapter: tunnel::Tunnel, all of WireGuard's protocol: a peer's allowed IPs say what it may send and what is
//                      sent to it; control::parse_config and shell::vpn_plan, the files of wg-quick; shell::ControlSocket,
//                      for `wg` and `culvert show`; io::confine, few rights for the process that reads strangers' packets.
// One packet's way:    curl -> a default route of its own table -> myvpn -> whose allowed IP? -> seal -> UDP, marked, so
//                      beside the tunnel -> the server: open, may it come from there? -> myvpn -> masquerade -> the site

#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>

#include "cli/run_program.hpp"
#include "commands.hpp"
#include "config.hpp"
#include "options.hpp"
#include "shell/kill_switch.hpp"
#include "shell/machine_facts.hpp"
#include "shell/network_setup.hpp"
#include "vpn.hpp"

using namespace culvert;
using program::Command;
using program::Config;
using program::Options;
using program::Vpn;

namespace {

enum class Role { client, server };

/// A tunnel that takes everything must not take its own datagrams: they carry a mark, and go beside it.
void choose_mark(Config& config, bool kill_switch) {
  auto& mark = config.file.interface.fwmark;
  const bool needs_mark = kill_switch || shell::takes_everything(config.file);
  if (needs_mark && mark.value_or(0) == 0) mark = shell::free_mark();
  config.device.fwmark = mark.value_or(0);
}

// [tag: plan]
shell::Plan plan(Role role, const Config& config, const Vpn& vpn) {
  const auto facts = shell::vpn_facts(vpn.tun(), config.endpoints, *config.device.fwmark);
  shell::Plan plan = shell::vpn_plan(config.file, facts);
  if (role == Role::server)
    append(plan, gateway_plan(shell::gateway_facts(config.name, shell::pool(config.file))));
  return plan;
}
// [end: plan]

// [tag: run]
/// The tunnel of a configuration file, from set-up to undoing.
int run(Role role, Config config, const Options& options, const io::Ready& ready) {
  const auto voice = options.verbose ? shell::Voice::loud : shell::Voice::quiet;
  choose_mark(config, options.kill_switch);

  io::Poller poller;  // first: from here on Ctrl-C waits for its turn
  shell::NetworkSetup setup{"culvert-" + config.name, shell::journal_folder(), voice};
  Vpn vpn{config.name, options.io};
  if (!options.key_log.empty()) vpn.log_keys(options.key_log);
  vpn.apply(config.device);
  setup.apply(plan(role, config, vpn));
  vpn.set_mtu(io::interface_state(config.name).mtu);
  if (options.kill_switch)
    shell::run(shell::set_kill_switch(config.name, *config.device.fwmark), voice);

  fmt::print("ready: {} <-> UDP {}\n", config.name, to_string(vpn.local()));
  std::fflush(stdout);
  ready();
  if (vpn.carry(poller) == program::End::crashed) return EXIT_FAILURE;
  // Reached only when somebody asked us to stop; if we die, it stays.
  if (options.kill_switch) shell::run(shell::remove_kill_switch(), voice);
  return EXIT_SUCCESS;
}
// [end: run]

/// An interface that others set up, with `wg` and `ip`: what wireguard-go does.
int run_bare(const Options& options, const io::Ready& ready) {
  io::Poller poller;
  Vpn vpn{program::interface_of(options.name), options.io};
  if (options.log == program::LogLevel::verbose) vpn.log_requests();
  constexpr auto usual_mtu = "1420";  // 1500 - 40 IPv6 - 8 UDP - 32 ours
  shell::run(shell::command("ip link set " + vpn.tun().name() + " mtu " + usual_mtu),
             shell::Voice::quiet);
  ready();
  return vpn.carry(poller) == program::End::wanted ? EXIT_SUCCESS : EXIT_FAILURE;
}

/// Who knows where a peer is, is the one that calls.
Role role_of(Command command, const Config& config) {
  if (command == Command::up) return config.endpoints.empty() ? Role::server : Role::client;
  return command == Command::server ? Role::server : Role::client;
}

int start(const Options& options) {
  const Config config = program::load_config(options.name);
  const auto work = [&](const io::Ready& ready) {
    return run(role_of(options.command, config), config, options, ready);
  };
  if (options.command == Command::up) return io::in_background(work, program::keeps_terminal());
  return work([] {});
}

int start_bare(const Options& options) {
  if (options.name.empty()) throw cli::UsageError("say what to do; --help tells more");
  const auto work = [&](const io::Ready& ready) { return run_bare(options, ready); };
  if (options.log == program::LogLevel::silent) io::let_the_terminal_go();
  if (!options.foreground) return io::in_background(work, program::keeps_terminal());
  return work([] {});
}

int carry_out(const Options& options) {
  check(options);
  switch (options.command) {
    case Command::interface:
      return start_bare(options);
    case Command::server:
    case Command::client:
    case Command::up:
      return start(options);
    case Command::down:
      program::down(program::interface_of(options.name), options.verbose);
      break;
    case Command::show:
      program::show(options.name, options.json);
      break;
    case Command::genkey:
      program::genkey();
      break;
    case Command::pubkey:
      program::pubkey();
      break;
    case Command::genpsk:
      program::genpsk();
      break;
  }
  return EXIT_SUCCESS;
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{"A VPN that speaks WireGuard, for one or many", "culvert"};
  Options options;
  program::describe(app, options);
  return cli::run_program(app, argc, argv, [&] { return carry_out(options); });
}
