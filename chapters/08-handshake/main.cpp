// Chapter 8: where do keys come from?
//
// New in this chapter: tunnel::Tunnel, which is WireGuard: it makes new keys for each meeting of two
//                      hosts by noise::initiate, consume and respond, and throws them away after it.
// One packet's way:    TunDevice -> Tunnel: a session? if not, a handshake first -> UdpSocket ~~
//                      UdpSocket -> Tunnel: of which session? genuine? new? -> TunDevice

#include <fmt/format.h>

#include "cli/address_option.hpp"
#include "cli/run_program.hpp"
#include "io/clock.hpp"
#include "io/system_random.hpp"
#include "shell/course_tunnel.hpp"
#include "shell/io_mode.hpp"
#include "shell/key_file.hpp"
#include "shell/key_log_file.hpp"
#include "shell/machine_facts.hpp"
#include "shell/network_setup.hpp"
#include "tunnel/tunnel.hpp"

using namespace culvert;

namespace {

constexpr auto program = "08-handshake";

struct Options {
  std::string device = "myvpn";
  // Attacks see one packet after the other.
  shell::IoMode io = shell::IoMode::simple;
  std::string key;        // file, and the next one
  std::string preshared;  // optional
  std::string peer;
  std::string key_log;
  unsigned handshake_limit = 1000;
  std::uint16_t listen = 5000;  // server
  std::string server;           // client
  bool cleanup = false;
};

crypto::PublicKey peer_option(const std::string& text) {
  const auto key = crypto::PublicKey::from_base64(text);
  if (!key) throw cli::UsageError("--peer: expected a key, 44 characters of base64");
  return *key;
}

/// Who we are, and who the other side is; a server learns later where it is.
void introduce(tunnel::Tunnel& tunnel, const Options& options, std::optional<Endpoint> endpoint) {
  tunnel::PeerSettings peer{.key = peer_option(options.peer)};
  peer.allowed_ips = shell::inner_networks();
  peer.endpoint = endpoint;
  if (endpoint) peer.persistent_keepalive = std::chrono::seconds{20};  // and so it begins at once
  if (!options.preshared.empty())
    peer.preshared_key = shell::read_key_file<crypto::PresharedKey>(options.preshared);
  tunnel.set_private_key(shell::read_key_file<crypto::PrivateKey>(options.key));
  tunnel.set_handshake_limit(options.handshake_limit);
  tunnel.set_peer(peer);
}

void print_summary(const tunnel::Tunnel& tunnel) {
  for (const tunnel::PeerStatus& peer : tunnel.peers())
    fmt::print("peer {}: {} bytes out and {} in, {}\n", peer.settings.key.to_base64(), peer.sent,
               peer.received, peer.last_handshake ? "by handshake" : "no handshake");
  for (const tunnel::DropReason reason : tunnel::all_drop_reasons) {
    if (const auto count = tunnel.drops()[reason])
      fmt::print("lost {}: {}\n", count, to_words(reason));
  }
}

void run_tunnel(const Options& options, shell::Role role, std::optional<Endpoint> server) {
  io::SystemRandom random;
  io::SystemWallClock wall_clock;
  tunnel::Tunnel tunnel{random, wall_clock};
  introduce(tunnel, options, server);
  std::optional<shell::KeyLogFile> key_log;
  if (!options.key_log.empty()) {
    key_log.emplace(options.key_log);
    tunnel.set_key_log([&](const noise::KeyLogRecord& record) { key_log->add(record); });
  }

  io::Poller poller;  // from here on Ctrl-C waits for its turn
  shell::NetworkSetup setup{program};
  auto socket = server ? io::UdpSocket::for_peer(*server) : io::UdpSocket::listen(options.listen);
  auto tun = shell::open_tun(options.device, options.io);
  const IpAddress outer = server ? server->address : Ipv4Address{};
  const auto mtu = shell::sealed_inner_mtu(outer, shell::link_mtu(server));
  fmt::print("MTU: {}\n", mtu.sum);
  tunnel.set_mtu(mtu.bytes);
  setup.apply(
      shell::interface_plan(shell::interface_facts(tun), {inner_addresses(role), mtu.bytes}));

  shell::say_ready(tun, socket);
  shell::carry(poller, tun, socket, tunnel, options.io);
  print_summary(tunnel);
}

void print_new_key() {
  io::SystemRandom random;
  fmt::print("{}\n", crypto::PrivateKey::generate(random).to_base64());
}

void print_public_key() {
  const auto key = shell::read_key_file<crypto::PrivateKey>("/dev/stdin");
  fmt::print("{}\n", key.public_key().to_base64());
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{"A tunnel between two hosts that make new keys whenever they meet", program};
  Options options;
  app.fallthrough();  // the options of both stand before or behind `server` and `client`
  app.add_option("--device", options.device, "name of the TUN device")->capture_default_str();
  app.add_option("--io", options.io,
                 "simple, batch, trains or offload: how packets get in and out (chapter 10)")
      ->transform(CLI::CheckedTransformer(shell::io_modes))
      ->default_str("simple");
  app.add_option("--key", options.key, "file with our private key (genkey)");
  app.add_option("--peer", options.peer, "the other side's public key (pubkey)");
  app.add_option("--psk", options.preshared, "file with a key that both sides share, too");
  app.add_option("--keylog", options.key_log, "write every session's secrets here, for Wireshark");
  app.add_option("--handshake-limit", options.handshake_limit,
                 "so many handshake messages a second before we ask for cookies")
      ->capture_default_str();
  app.add_flag("--cleanup", options.cleanup, "undo what a killed run left behind, and end");
  CLI::App* genkey = app.add_subcommand("genkey", "print a new private key");
  CLI::App* pubkey =
      app.add_subcommand("pubkey", "read a private key, print the public one that belongs to it");
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
    } else if (*pubkey) {
      print_public_key();
    } else if (*server) {
      run_tunnel(options, shell::Role::server, std::nullopt);
    } else if (*client) {
      run_tunnel(options, shell::Role::client, cli::endpoint_option("--server", options.server));
    } else {
      throw cli::UsageError("say `server`, `client`, `genkey` or `pubkey`; --help tells more");
    }
  });
}
