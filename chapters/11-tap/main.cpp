// Chapter 11: what changes one floor lower?
//
// New in this chapter: a TAP device, which carries Ethernet frames instead of IP packets; wire::build_arp_reply(), without
//                      which nobody finds anybody there; tunnel::Switch, which learns who is behind which tunnel end.
// One frame's way:     TAP -> Switch -> UdpSocket ~~ another network ~~ UdpSocket -> Switch -> TAP

#include <fmt/format.h>

#include <array>

#include "claimer.hpp"
#include "cli/address_option.hpp"
#include "cli/run_program.hpp"
#include "inspect/one_line.hpp"
#include "io/clock.hpp"
#include "shell/course_tunnel.hpp"
#include "shell/io_mode.hpp"
#include "shell/machine_facts.hpp"
#include "shell/network_setup.hpp"
#include "wire/arp_reply.hpp"
#include "wire/build.hpp"

using namespace culvert;

namespace {

constexpr auto program = "11-tap";
constexpr std::size_t ethernet_header = 14;

struct Options {
  std::string device = "mytap";
  std::string address = "10.11.0.1/24";
  std::uint16_t listen = 5000;        // server
  std::string server;                 // client
  std::string claim;                  // client: the attack
  std::string station = "10.11.0.7";  // answer
};

InterfaceAddress address_of(const Options& options) {
  const auto address = InterfaceAddress::parse(options.address);
  if (!address)
    throw cli::UsageError(
        fmt::format("--address: expected one such as 10.11.0.1/24, found \"{}\"", options.address));
  return *address;
}

Ipv4Address ipv4_option(const std::string& option, const std::string& text) {
  const IpAddress address = cli::address_option(option, text);
  if (!address.is_v4())
    throw cli::UsageError(fmt::format("{}: expected an IPv4 address, found {}", option, text));
  return address.as_v4();
}

void set_up(shell::NetworkSetup& setup, const io::TunDevice& tap, const Options& options,
            std::size_t mtu) {
  setup.apply(shell::interface_plan(shell::interface_facts(tap), {{address_of(options)}, mtu}));
}

void carry(io::Poller& poller, io::TunDevice& tap, io::UdpSocket& socket, tunnel::Engine& engine,
           const tunnel::Switch& frames) {
  shell::say_ready(tap, socket);
  shell::carry(poller, tap, socket, engine, shell::IoMode::simple);
  fmt::print("{} stations; {} frames sent to the one port that leads there, {} to all\n",
             frames.stations().size(), frames.forwarded(), frames.flooded());
}

/// The frame's own header is 14 bytes more that have to fit than a packet has.
std::size_t inner_mtu(const std::optional<Endpoint>& server) {
  const IpAddress outer = server ? server->address : IpAddress{Ipv4Address{}};
  return shell::inner_mtu(outer, shell::link_mtu(server)).bytes - ethernet_header;
}

void run_server(const Options& options) {
  io::Poller poller;  // first: from here on Ctrl-C waits for its turn
  shell::NetworkSetup setup{program};
  auto socket = io::UdpSocket::listen(options.listen);
  auto tap = io::TunDevice::open(options.device, io::TunMode::tap);
  set_up(setup, tap, options, inner_mtu(std::nullopt));
  auto frames = tunnel::Switch::listening();
  carry(poller, tap, socket, frames, frames);
}

void run_client(const Options& options) {
  const Endpoint server = cli::endpoint_option("--server", options.server);
  io::Poller poller;
  shell::NetworkSetup setup{program};
  auto socket = io::UdpSocket::for_peer(server);
  auto tap = io::TunDevice::open(options.device, io::TunMode::tap);
  set_up(setup, tap, options, inner_mtu(server));
  auto frames = tunnel::Switch::to_server(server, io::Clock{}.now());
  if (options.claim.empty()) return carry(poller, tap, socket, frames, frames);
  Claimer attack{frames, server, ipv4_option("--claim", options.claim)};
  carry(poller, tap, socket, attack, frames);
}

// [tag: answer]
/// A station in our loop: it says who it is, and answers pings. The frame around each reply is the asker's, turned round.
std::optional<Bytes> answer(MutableBytes room, Bytes frame, const wire::Station& us) {
  if (const auto reply = wire::build_arp_reply(room, frame, us)) return *reply;
  const auto ethernet = wire::EthernetView::parse(frame);
  if (!ethernet || ethernet->destination() != us.mac) return std::nullopt;
  const auto reply =
      wire::build_echo_reply(room.subspan(ethernet_header), frame.subspan(ethernet_header));
  if (!reply) return std::nullopt;
  write(wire::EthernetFields{ethernet->source(), us.mac, ethernet->ether_type()},
        room.first<ethernet_header>());
  return room.first(ethernet_header + reply->size());
}
// [end: answer]

void run_answer(const Options& options) {
  // The second bit of the first byte says: made up here, not burnt into a card (IEEE 802, section 8.2).
  constexpr std::array<std::uint8_t, 6> mac{0x02, 0x00, 0x00, 0x00, 0x00, 0x07};
  const wire::Station us{MacAddress{Field<6>{mac}}, ipv4_option("--station", options.station)};
  io::Poller poller;
  shell::NetworkSetup setup{program};
  auto tap = io::TunDevice::open(options.device, io::TunMode::tap);
  poller.watch(tap.fd());
  set_up(setup, tap, options, 1500);
  fmt::print("ready: {} at {} answers (Ctrl-C stops)\n", to_string(us.ip), to_string(us.mac));
  std::fflush(stdout);

  std::array<std::uint8_t, 65535> buffer;
  std::array<std::uint8_t, 65535> room;
  while (poller.wait_until()) {
    while (const auto frame = tap.read_packet(buffer)) {
      const auto reply = answer(room, *frame, us);
      if (reply) tap.write_packet(*reply);
      const auto seen = wire::Packet::walk(*frame, wire::LinkType::ethernet);
      fmt::print("{}: {}\n", reply ? "answered" : "dropped", inspect::one_line(seen));
    }
    std::fflush(stdout);
  }
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{"Ethernet between hosts: a switch whose cables are tunnels, in clear", program};
  Options options;
  app.fallthrough();
  app.add_option("--device", options.device, "name of the TAP device")->capture_default_str();
  app.add_option("--address", options.address, "our address on it")->capture_default_str();
  CLI::App* server = app.add_subcommand("server", "the switch: whoever says hello is plugged in");
  server->add_option("--listen", options.listen, "UDP port")->capture_default_str();
  CLI::App* client = app.add_subcommand("client", "a cable to a server");
  client->add_option("--server", options.server, "where it listens, ADDRESS:PORT")->required();
  client->add_option("--claim", options.claim, "the attack: say that this address is ours");
  CLI::App* alone =
      app.add_subcommand("answer", "no tunnel: one station in our loop answers ARP and ping");
  alone->add_option("--station", options.station, "its address")->capture_default_str();
  app.require_subcommand(1);

  return cli::run_program(app, argc, argv, [&] {
    if (*server) run_server(options);
    if (*client) run_client(options);
    if (*alone) run_answer(options);
  });
}
