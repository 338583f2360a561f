// Chapter 3: can we talk back?
//
// New in this chapter: wire::build_echo_reply(), which makes an answer out of a question, and the Internet checksum,
//                      without which the kernel would throw the answer away and say nothing.
// One packet's way:    ping -> kernel -> read_packet -> build_echo_reply -> write_packet -> kernel -> ping

#include <fmt/format.h>

#include <array>

#include "cli/run_program.hpp"
#include "inspect/one_line.hpp"
#include "io/poller.hpp"
#include "io/tun_device.hpp"
#include "shell/interface_plan.hpp"
#include "shell/machine_facts.hpp"
#include "shell/network_setup.hpp"
#include "wire/build.hpp"

using namespace culvert;

namespace {

constexpr auto program = "03-ping-reply";
constexpr std::size_t mtu = 1500;

struct Options {
  std::string device = "myvpn";
  bool quiet = false;
  bool wrong_checksum = false;
};

struct Counts {
  std::uint64_t answered = 0;
  std::uint64_t dropped = 0;
};

/// The experiment of this chapter: one bit of the ICMP checksum turned over. IPv4 without options and IPv6 only.
void spoil_checksum(MutableBytes reply) {
  const std::size_t header = reply[0] >> 4 == 4 ? 20 : 40;
  if (reply.size() >= header + 4) reply[header + 3] ^= 1;
}

void tell(const Options& options, std::string_view what, Bytes packet) {
  if (options.quiet) return;
  fmt::print("{}: {}\n", what,
             inspect::one_line(wire::Packet::walk(packet, wire::LinkType::raw_ip)));
}

// [tag: answer]
void answer(io::TunDevice& tun, Bytes request, const Options& options, Counts& counts) {
  std::array<std::uint8_t, 65535> room;
  const auto reply = wire::build_echo_reply(room, request);
  if (!reply) {
    ++counts.dropped;
    tell(options, "dropped", request);
    return;
  }
  if (options.wrong_checksum) spoil_checksum(*reply);
  tun.write_packet(*reply);
  ++counts.answered;
  tell(options, "answered", request);
}
// [end: answer]

void run(const Options& options) {
  io::Poller poller;  // first: from here on Ctrl-C waits for its turn
  shell::NetworkSetup setup{program};
  auto tun = io::TunDevice::open(options.device);
  poller.watch(tun.fd());

  // .1 is the kernel's own end and the kernel answers for it; every other address of these networks is ours to play.
  const std::vector<InterfaceAddress> addresses{{Ipv4Address{10, 0, 0, 1}, 24},
                                                *InterfaceAddress::parse("fd00:10::1/64")};
  setup.apply(shell::interface_plan(shell::interface_facts(tun), {addresses, mtu}));
  fmt::print("ready: ping any address of 10.0.0.0/24 or fd00:10::/64 (Ctrl-C stops)\n");
  std::fflush(stdout);

  Counts counts;
  std::array<std::uint8_t, 65535> buffer;
  while (poller.wait_until()) {
    while (const auto request = tun.read_packet(buffer)) answer(tun, *request, options, counts);
    std::fflush(stdout);
  }
  fmt::print("{} answered, {} dropped\n", counts.answered, counts.dropped);
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{"Answer the kernel's ping from user space", program};
  Options options;
  app.add_option("--device", options.device, "name of the TUN device")->capture_default_str();
  app.add_flag("--quiet", options.quiet, "count, and name no packet");
  app.add_flag("--wrong-checksum", options.wrong_checksum,
               "turn over one bit of every answer's ICMP checksum");

  return cli::run_program(app, argc, argv, [&] { run(options); });
}
