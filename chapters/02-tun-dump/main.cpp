// Chapter 2: what comes out of a TUN?
//
// New in this chapter: io::TunDevice, and wire::Packet, which walks over the headers of the bytes that come out of it.
// One packet's way:    kernel -> read_packet -> Packet::walk -> line, tree or hex -> terminal

#include <fmt/format.h>

#include <array>
#include <map>

#include "cli/colour.hpp"
#include "cli/run_program.hpp"
#include "inspect/hex_dump.hpp"
#include "inspect/one_line.hpp"
#include "inspect/tree.hpp"
#include "io/poller.hpp"
#include "io/tun_device.hpp"
#include "shell/interface_plan.hpp"
#include "shell/machine_facts.hpp"
#include "shell/network_setup.hpp"

using namespace culvert;

namespace {

constexpr auto program = "02-tun-dump";
constexpr std::size_t mtu = 1500;

enum class Format { line, tree, hex };
const std::map<std::string, Format> formats{
    {"line", Format::line}, {"tree", Format::tree}, {"hex", Format::hex}};

struct Options {
  std::string device = "myvpn";
  std::vector<std::string> addresses{"10.0.0.1/24", "fd00:10::1/64"};
  Format format = Format::line;
  std::uint64_t count = 0;  // 0: until Ctrl-C
  std::string inject;
};

std::vector<InterfaceAddress> parse_addresses(const std::vector<std::string>& texts) {
  std::vector<InterfaceAddress> addresses;
  for (const std::string& text : texts) {
    const auto address = InterfaceAddress::parse(text);
    if (!address) {
      throw cli::UsageError(fmt::format(
          "--address: expected an address with a prefix such as 10.0.0.1/24, found \"{}\"", text));
    }
    addresses.push_back(*address);
  }
  return addresses;
}

// [tag: print_packet]
void print_packet(std::uint64_t number, Bytes bytes, Format format) {
  const auto packet = wire::Packet::walk(bytes, wire::LinkType::raw_ip);
  const auto& palette =
      cli::use_colour(cli::ColourChoice::automatic) ? inspect::ansi : inspect::plain;

  std::string text = fmt::format("#{}  {} bytes  ", number, bytes.size());
  inspect::append_line(text, packet, {.palette = palette});
  text += '\n';
  if (format == Format::tree) inspect::append_tree(text, packet, palette);
  if (format == Format::hex) inspect::append_hex_and_text(text, bytes);
  fmt::print("{}", text);
}
// [end: print_packet]

/// Gives the kernel bytes as if they had come over a wire, and tells what it thinks of them.
void inject(io::TunDevice& tun, const std::string& hex) {
  const auto bytes = from_hex(hex);
  if (!bytes)
    throw cli::UsageError(
        fmt::format("--inject: expected bytes in hex such as \"45 00\", found \"{}\"", hex));
  const bool taken = tun.write_packet(*bytes);
  fmt::print("wrote {} bytes into {}: the kernel {}\n", bytes->size(), tun.name(),
             taken ? "took them; what it does with them is its own affair"
                   : "refused them, they are no IP packet");
}

// [tag: dump]
void dump(io::Poller& poller, io::TunDevice& tun, const Options& options) {
  std::array<std::uint8_t, 65535> buffer;
  std::uint64_t number = 0;
  while (poller.wait_until()) {
    while (const auto bytes = tun.read_packet(buffer)) {
      print_packet(++number, *bytes, options.format);
      if (number == options.count) return;
    }
    std::fflush(stdout);
  }
}
// [end: dump]

void run(const Options& options) {
  const auto addresses = parse_addresses(options.addresses);
  io::Poller poller;  // first: from here on Ctrl-C waits for its turn
  shell::NetworkSetup setup{program};
  auto tun = io::TunDevice::open(options.device);
  poller.watch(tun.fd());

  setup.apply(shell::interface_plan(shell::interface_facts(tun), {addresses, mtu}));
  fmt::print("ready: every packet routed to {} comes out here (Ctrl-C stops)\n", tun.name());
  std::fflush(stdout);
  if (!options.inject.empty()) inject(tun, options.inject);
  dump(poller, tun, options);
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{"Print every packet that the kernel routes into a TUN device", program};
  Options options;
  app.add_option("device", options.device, "name of the TUN device; made if there is none")
      ->capture_default_str();
  app.add_option("--address", options.addresses,
                 "its addresses, with the prefix that is routed into it")
      ->capture_default_str();
  app.add_option("--format", options.format, "line, tree or hex")
      ->transform(
          CLI::CheckedTransformer(formats, CLI::ignore_case).description("{line,tree,hex}"));
  app.add_option("--count", options.count, "stop after so many packets");
  app.add_option("--inject", options.inject, "first write these bytes (hex) into the device");

  return cli::run_program(app, argc, argv, [&] { run(options); });
}
