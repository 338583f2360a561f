// tundump: shows the packets of a device or a capture file, a line each as tcpdump does, or every field of them.
//
// One packet's way:    Reader or LiveCapture -> Session (filter, count) -> Printer -> standard output

#include <fmt/format.h>

#include <cerrno>
#include <csignal>
#include <system_error>

#include "capture/live.hpp"
#include "cli/run_program.hpp"
#include "session.hpp"

using namespace culvert;

namespace {

constexpr auto program = "tundump";
constexpr int longest_pause_ms = 100;

volatile std::sig_atomic_t stop_requested = 0;

void request_stop(int signal) {
  stop_requested = 1;
  std::signal(signal, SIG_DFL);  // a second one ends us at once
}

void say(const std::string& message) { fmt::print(stderr, "{}: {}\n", program, message); }

std::string count_of(std::uint64_t packets) { return fmt::format("{} packet{}", packets, packets == 1 ? "" : "s"); }

std::unique_ptr<capture::ByteSource> open_file(const std::string& path) {
  try {
    return capture::open_source(path);
  } catch (const std::system_error& error) {
    if (error.code() == std::errc::no_such_file_or_directory) throw std::runtime_error(path + ": no such file");
    throw;
  }
}

/// What the reader knows once it has looked at the first packet.
tundump::Source source_of(const capture::Reader& reader, const std::string& name,
                          const std::optional<capture::CapturedPacket>& first) {
  const auto& interfaces = reader.interfaces();
  const std::uint16_t of_file = interfaces.empty() ? std::uint16_t{1} : interfaces[0].link_type;
  const bool ng = reader.format() == capture::FileFormat::pcapng;
  return {.name = name,
          .format = ng ? tundump::SourceFormat::pcapng : tundump::SourceFormat::pcap,
          .link_type = first ? first->link_type : of_file,
          .nanoseconds = reader.has_nanoseconds()};
}

int read_file(tundump::Session& session, const std::string& path) {
  const std::string name = path == "-" ? "standard input" : path;
  auto reader = capture::Reader::open(open_file(path));
  if (!reader) throw std::runtime_error(fmt::format("{}: {}", name, reader.error().message));

  auto packet = (*reader)->next();
  session.begin(source_of(**reader, path, packet ? *packet : std::nullopt));
  while (packet && *packet && session.on_packet(**packet) == tundump::Session::Next::go_on && stop_requested == 0) {
    packet = (*reader)->next();
  }
  if (packet) {
    session.end();
    return cli::done;
  }
  session.end(packet.error().message);
  say(fmt::format("{}: {}. {} shown.", name, packet.error().message, count_of(session.shown())));
  return cli::damaged_input;
}

std::string kind_of(const capture::Device& device) {
  if (device.tun) return "TUN, raw IP";
  if (device.loopback) return "loopback";
  return device.name == "any" ? "all devices, Linux cooked" : "Ethernet";
}

std::string state_of(const capture::Device& device) { return device.up ? "up" : "down"; }

/// Without -i: the only TUN device that is up. We never guess among several.
std::string only_tun_device() {
  std::vector<std::string> tuns;
  std::vector<std::string> all;
  for (const capture::Device& device : capture::devices()) {
    if (device.tun && device.up) tuns.push_back(device.name);
    all.push_back(device.name + (device.tun ? " (TUN)" : ""));
  }
  if (tuns.size() == 1) return tuns[0];
  throw cli::UsageError(fmt::format("{} TUN device is up: name a device with -i, or a file with -r. Devices here: {}",
                                    tuns.empty() ? "no" : "more than one", fmt::join(all, ", ")));
}

std::string describe(const std::string& name) {
  for (const capture::Device& device : capture::devices()) {
    if (device.name == name) return kind_of(device);
  }
  return "device";
}

int watch_device(tundump::Session& session, const tundump::Options& options) {
  const std::string device = options.device.empty() ? only_tun_device() : options.device;
  auto live = capture::LiveCapture::open(
      device, {.snap_length = options.snap_length, .promiscuous = !options.no_promiscuous && device != "any"});
  if (!live) throw std::runtime_error(live.error());
  session.begin({.name = device, .link_type = live->link_type()});
  if (const auto* filter = session.filter_for(live->link_type())) live->set_filter(*filter);
  say(fmt::format("listening on {} ({}), snapshot length {}", device, describe(device), options.snap_length));

  using Wait = capture::LiveCapture::Wait;
  using Next = tundump::Session::Next;
  bool gone = false;
  Next next = Next::go_on;
  while (stop_requested == 0 && next == Next::go_on && !gone) {
    Wait wait = live->wait(0);
    if (wait == Wait::nothing) {  // show what there is before sleeping
      next = session.on_pause();
      wait = live->wait(longest_pause_ms);
    }
    gone = wait == Wait::gone;
    if (wait == Wait::packet) next = session.on_filtered_packet(live->take());
  }
  session.end();
  const auto statistics = live->statistics();
  if (gone) say(fmt::format("{}: the device went away", device));
  fmt::print(stderr, "{} captured, {} received by filter, {} dropped by kernel\n", count_of(session.shown()),
             statistics.received, statistics.dropped);
  return gone ? cli::failed : cli::done;
}

void list_devices() {
  int number = 0;
  for (const capture::Device& device : capture::devices()) {
    fmt::print("{}.{}  {}, {}{}{}\n", ++number, device.name, kind_of(device), state_of(device),
               device.addresses.empty() ? "" : ", ", fmt::join(device.addresses, " "));
  }
}

int run(const tundump::Options& options) {
  check(options);
  if (options.list_devices) {
    list_devices();
    return cli::done;
  }
  struct sigaction action {};
  action.sa_handler = request_stop;  // without SA_RESTART: a waiting poll() or read() returns
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);

  tundump::Session session{options};
  return options.file.empty() ? watch_device(session, options) : read_file(session, options.file);
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{"Show the packets of a device or a capture file", program};
  tundump::Options options;
  add_options(app, options);
  return cli::run_program(app, argc, argv, [&] { return run(options); });
}
