// Chapter 4: what may a middle-box touch?
//
// New in this chapter: tunnel::Nat, which puts one address in place of many, and its flow table, which brings every answer
//                      back to the program that asked.
// One packet's way:    curl 10.0.0.1:40000 -> kernel -> myvpn -> Nat -> myvpn -> kernel -> eth0, as 192.0.2.200:40000
//                      and back:      eth0 -> kernel -> myvpn -> Nat -> myvpn -> kernel -> curl
//
// One TUN device is both sides of the middle-box. Whatever comes from 10.0.0.0/24, or goes to 192.0.2.200, the kernel
// routes into it; what we write back has the other addresses and goes on as if it came from a wire. The outside address is
// one that nobody on the link has, and we answer ARP for it. The machine's own address would not do: answers to it are the
// kernel's own, and from a wire the kernel takes no packet that claims to come from itself.

#include <fmt/format.h>

#include <array>
#include <cstdio>

#include "cli/run_program.hpp"
#include "io/clock.hpp"
#include "io/poller.hpp"
#include "io/tun_device.hpp"
#include "shell/interface_plan.hpp"
#include "shell/machine_facts.hpp"
#include "shell/network_setup.hpp"
#include "tunnel/nat.hpp"

using namespace culvert;

namespace {

constexpr auto program = "04-rewrite";
constexpr std::size_t mtu = 1500;

struct Options {
  std::string device = "myvpn";
  std::string uplink = "eth0";
  std::string outside = "192.0.2.200";
  std::vector<std::string> inside{"10.0.0.1/24", "10.0.0.2/24"};
  tunnel::PortRange ports;
  bool cleanup = false;
};

std::string_view name_of(wire::Protocol protocol) {
  switch (protocol) {
    case wire::Protocol::tcp:
      return "TCP";
    case wire::Protocol::udp:
      return "UDP";
    default:
      return "ICMP echo";
  }
}

std::string to_line(const tunnel::Flow& flow, const Options& options) {
  return fmt::format("{} {} -> {} as {}:{}", name_of(flow.inside.protocol),
                     to_string(flow.inside.endpoint), to_string(flow.first_peer), options.outside,
                     flow.outside_port);
}

// [tag: translate]
void translate(io::TunDevice& tun, tunnel::Nat& nat, MutableBytes packet, const Options& options) {
  const auto translated = nat.on_packet(io::Clock{}.now(), packet);
  if (!translated) return;  // counted, and told at the end
  if (translated->is_new) fmt::print("new flow: {}\n", to_line(*translated->flow, options));
  tun.write_packet(packet);
}
// [end: translate]

void print_summary(const tunnel::Nat& nat, const Options& options) {
  for (const tunnel::Flow& flow : nat.flows()) {
    fmt::print("flow: {}, {} bytes out, {} bytes in\n", to_line(flow, options), flow.bytes_out,
               flow.bytes_in);
  }
  for (const tunnel::NatDrop drop : tunnel::all_nat_drops) {
    if (nat.drops(drop) > 0) fmt::print("dropped {}: {}\n", nat.drops(drop), to_words(drop));
  }
}

/// An IPv4 address of `what`, or a word about it.
template <class Address>
Address parsed(const std::string& text, const char* what) {
  const auto address = Address::parse(text);
  if (!address) throw cli::UsageError(fmt::format("{} {}: not an IPv4 address", what, text));
  return *address;
}

void run(const Options& options) {
  const auto outside = parsed<Ipv4Address>(options.outside, "--outside");
  std::vector<InterfaceAddress> addresses;
  for (const auto& text : options.inside)
    addresses.push_back(parsed<InterfaceAddress>(text, "--inside"));
  const Prefix inside = addresses.front().network();

  io::Poller poller;  // first: from here on Ctrl-C waits for its turn
  shell::NetworkSetup setup{program};
  auto tun = io::TunDevice::open(options.device);
  poller.watch(tun.fd());
  setup.apply(shell::interface_plan(shell::interface_facts(tun), {addresses, mtu}));
  setup.apply(shell::nat_plan(shell::nat_facts(tun, options.uplink, inside, outside)));

  tunnel::Nat nat{{.inside = inside, .outside = outside, .ports = options.ports}};
  fmt::print("ready: {} as {} (Ctrl-C stops)\n", to_string(inside), options.outside);
  std::fflush(stdout);
  std::array<std::uint8_t, 65535> buffer;
  while (poller.wait_until()) {
    while (const auto packet = tun.read_packet(buffer)) {
      translate(tun, nat, MutableBytes{buffer}.first(packet->size()), options);
    }
    std::fflush(stdout);
  }
  print_summary(nat, options);
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{"A NAT in user space: many addresses inside, one outside", program};
  Options options;
  app.add_option("--device", options.device, "name of the TUN device")->capture_default_str();
  app.add_option("--uplink", options.uplink, "the interface that leads outside")
      ->capture_default_str();
  app.add_option("--outside", options.outside, "a free address on the uplink's network")
      ->capture_default_str();
  app.add_option("--inside", options.inside, "our addresses inside, all of one network")
      ->capture_default_str();
  app.add_option("--first-port", options.ports.first, "the outside ports to give away")
      ->capture_default_str();
  app.add_option("--last-port", options.ports.last)->capture_default_str();
  app.add_flag("--cleanup", options.cleanup, "undo what a killed run left behind, and end");

  return cli::run_program(app, argc, argv, [&] {
    if (options.cleanup) {
      shell::NetworkSetup{program};
    } else {
      run(options);
    }
  });
}
