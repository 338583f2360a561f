// Chapter 7: who can read it now?
//
// New in this chapter: tunnel::SealedTunnel, which is chapter 5's tunnel with a seal around each
//                      packet, and the preshared key that both sides make their seals of.
// One packet's way:    TunDevice -> SealedTunnel: encrypt, tag, count -> UdpSocket ~~ the provider ~~
//                      UdpSocket -> SealedTunnel: check, decrypt, seen before? -> TunDevice

#include <fmt/format.h>

#include "cli/address_option.hpp"
#include "cli/run_program.hpp"
#include "io/clock.hpp"
#include "io/system_random.hpp"
#include "shell/course_tunnel.hpp"
#include "shell/io_mode.hpp"
#include "shell/key_file.hpp"
#include "shell/machine_facts.hpp"
#include "shell/network_setup.hpp"
#include "tunnel/sealed_tunnel.hpp"

using namespace culvert;
using tunnel::Weakness;

namespace {

constexpr auto program = "07-encrypt";

struct Options {
  std::string device = "myvpn";
  // Attacks see one packet after the other.
  shell::IoMode io = shell::IoMode::simple;
  std::string key;              // file
  std::uint16_t listen = 5000;  // server
  std::string server;           // client
  std::string weak;
  bool cleanup = false;
};

Weakness weakness_option(const std::string& text) {
  if (text.empty()) return Weakness::none;
  if (text == "no-tag") return Weakness::no_tag;
  if (text == "nonce-reuse") return Weakness::nonce_reuse;
  if (text == "no-replay-window") return Weakness::no_replay_window;
  throw cli::UsageError("--weak: expected no-tag, nonce-reuse or no-replay-window, found " + text);
}

// [tag: seal]
tunnel::PacketSeal make_seal(const Options& options, tunnel::DirectionKeys keys) {
  // A program that is started again does not know how far it had counted, but the clock has gone on.
  const auto counter = io::Clock{}.wall_time().time_since_epoch().count();
  return {std::move(keys), static_cast<std::uint64_t>(counter), weakness_option(options.weak)};
}
// [end: seal]

void set_up_interface(shell::NetworkSetup& setup, const io::TunDevice& tun, shell::Role role,
                      shell::InnerMtu mtu) {
  fmt::print("MTU: {}\n", mtu.sum);
  setup.apply(
      shell::interface_plan(shell::interface_facts(tun), {inner_addresses(role), mtu.bytes}));
}

void run_server(const Options& options) {
  const auto keys =
      tunnel::DirectionKeys::of_server(shell::read_key_file<crypto::PresharedKey>(options.key));
  io::Poller poller;  // first: from here on Ctrl-C waits for its turn
  shell::NetworkSetup setup{program};
  auto socket = io::UdpSocket::listen(options.listen);
  auto tun = shell::open_tun(options.device, options.io);

  const auto mtu = shell::sealed_inner_mtu(Ipv4Address{}, shell::link_mtu(std::nullopt));
  set_up_interface(setup, tun, shell::Role::server, mtu);
  carry_and_sum_up(poller, tun, socket, tunnel::SealedTunnel::listening(make_seal(options, keys)),
                   options.io);
}

void run_client(const Options& options) {
  const Endpoint server = cli::endpoint_option("--server", options.server);
  const auto keys =
      tunnel::DirectionKeys::of_client(shell::read_key_file<crypto::PresharedKey>(options.key));
  io::Poller poller;
  shell::NetworkSetup setup{program};
  auto socket = io::UdpSocket::for_peer(server);
  auto tun = shell::open_tun(options.device, options.io);

  const auto mtu = shell::sealed_inner_mtu(server.address, shell::link_mtu(server));
  set_up_interface(setup, tun, shell::Role::client, mtu);
  carry_and_sum_up(
      poller, tun, socket,
      tunnel::SealedTunnel::to_peer(server, io::Clock{}.now(), make_seal(options, keys)),
      options.io);
}

void print_new_key() {
  io::SystemRandom random;
  fmt::print("{}\n", crypto::PresharedKey::generate(random).to_base64());
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{"A tunnel between two hosts that share a key: nobody else reads it", program};
  Options options;
  app.fallthrough();  // the options of both stand before or behind `server` and `client`
  app.add_option("--device", options.device, "name of the TUN device")->capture_default_str();
  app.add_option("--io", options.io,
                 "simple, batch, trains or offload: how packets get in and out (chapter 10)")
      ->transform(CLI::CheckedTransformer(shell::io_modes))
      ->default_str("simple");
  app.add_option("--key", options.key, "file with the key that both sides share (genkey)");
  app.add_option("--weak", options.weak,
                 "to see it broken: no-tag, nonce-reuse or no-replay-window");
  app.add_flag("--cleanup", options.cleanup, "undo what a killed run left behind, and end");
  CLI::App* genkey = app.add_subcommand("genkey", "print a new key for both sides");
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
    } else if (*genkey) {
      print_new_key();
    } else if (*server) {
      run_server(options);
    } else if (*client) {
      run_client(options);
    } else {
      throw cli::UsageError("say `server`, `client` or `genkey`; --help tells more");
    }
  });
}
