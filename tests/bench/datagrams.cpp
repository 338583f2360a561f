// Small datagrams at a steady rate, and how many of them arrive: for tests/bench/vpn. Both ends have long queues of their own
// and do little work, so that what is lost is lost between them.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdio>

#include "cli/address_option.hpp"
#include "cli/run_program.hpp"
#include "io/clock.hpp"
#include "io/poller.hpp"
#include "io/udp_receiver.hpp"
#include "io/udp_sender.hpp"

using namespace culvert;
using namespace std::chrono_literals;

namespace {

constexpr std::size_t queue = 16 * 1024 * 1024;
constexpr auto slot = 1ms;
constexpr auto patience = 5s;  // with the first one
constexpr auto silence = 250ms;

/// Prints how many were sent, and in how many seconds. What is late is sent late: it is no burst.
void send(const Endpoint& to, std::uint64_t rate, std::chrono::milliseconds length) {
  io::Poller poller;
  auto socket = io::UdpSocket::for_peer(to);
  socket.set_queues(queue);
  io::UdpSender sender{socket, io::UdpSender::Trains::unwanted};
  const std::array<std::uint8_t, 64> datagram{};
  const io::Clock clock;
  const Instant begin = clock.now();
  std::uint64_t sent = 0;
  for (Instant next = begin; next < begin + length; next = std::max(next + slot, clock.now())) {
    if (!poller.wait_until(next)) break;
    for (std::uint64_t i = 0; i < rate / 1000; ++i) sender.add(to, datagram);
    sent += rate / 1000 - sender.flush().size();
  }
  fmt::print("{} {:.6f}\n", sent, std::chrono::duration<double>{clock.now() - begin}.count());
}

/// Prints how many came, once nothing comes any more.
void count(std::uint16_t port) {
  io::Poller poller;
  auto socket = io::UdpSocket::bind({Ipv4Address{}, port});
  socket.set_queues(queue);
  io::UdpReceiver receiver{socket, io::UdpReceiver::Trains::unwanted};
  poller.watch(socket.fd());
  fmt::print("ready\n");
  std::fflush(stdout);
  std::uint64_t received = 0;
  Instant end = io::Clock{}.now() + patience;
  while (const auto event = poller.wait_until(end)) {
    if (!event->readable(socket.fd())) break;
    received += receiver.receive().size();
    end = io::Clock{}.now() + silence;
  }
  fmt::print("{}\n", received);
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{"sends datagrams of 64 bytes at a steady rate, or counts them", "datagrams_bench"};
  app.require_subcommand(1);
  std::string to;
  std::uint64_t rate = 10'000;
  std::uint64_t milliseconds = 500;
  std::uint16_t port = 0;
  auto* sending = app.add_subcommand("send", "print how many were sent, and in how many seconds");
  sending->add_option("to", to, "ADDRESS:PORT")->required();
  sending->add_option("--rate", rate, "datagrams a second")->capture_default_str();
  sending->add_option("--milliseconds", milliseconds, "for how long")->capture_default_str();
  auto* counting = app.add_subcommand("count", "print how many came, once nothing comes any more");
  counting->add_option("port", port, "on which they come")->required();
  return cli::run_program(app, argc, argv, [&] {
    if (counting->parsed())
      count(port);
    else
      send(cli::endpoint_option("to", to), rate, std::chrono::milliseconds{milliseconds});
  });
}
