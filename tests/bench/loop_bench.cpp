// The whole way of a packet, TUN device to TUN device through two sealing ends: how many system calls, copies in user space and
// heap allocations it costs, by --io. Counts do not depend on who else is there: they are held to facts in ctest.
#include <fmt/format.h>
#include <sched.h>
#include <sys/eventfd.h>

#include <future>
#include <thread>

#include "io/clock.hpp"
#include "io/system_random.hpp"
#include "io/udp_receiver.hpp"
#include "io/udp_sender.hpp"
#include "shell/io_mode.hpp"
#include "shell/network_setup.hpp"
#include "support/count_allocations.hpp"
#include "tunnel/tunnel.hpp"

using namespace culvert;
using namespace std::chrono_literals;

namespace {

constexpr std::size_t burst = 32;
constexpr std::size_t bursts = 100;
constexpr std::size_t packet_size = 1372;  // with IP and UDP headers, the MTU

void run(const std::string& line) { shell::run(shell::command(line), shell::Voice::quiet); }

void enter_empty_network() {
  if (::unshare(CLONE_NEWNET) == 0) return run("ip link set lo up");
  fmt::print("skipped: needs root, for network namespaces of its own\n");
  std::exit(77);
}

/// One host: a thread in a network of its own, with a TUN device. `outside` was made in another one.
class Host {
 public:
  Host(Ipv4Address inside, io::UdpSocket& outside, tunnel::Tunnel& engine, shell::IoMode mode) {
    thread_ = std::thread{[=, this, &outside, &engine] { live(inside, outside, engine, mode); }};
    ready_.get_future().get();
  }
  Host(const Host&) = delete;
  Host& operator=(const Host&) = delete;
  ~Host() { stop(); }

  io::UdpSocket& program() { return *program_; }
  const shell::LoopStats& stop() {
    const std::uint64_t one = 1;
    if (thread_.joinable() && ::write(stop_.get(), &one, sizeof one) == sizeof one) thread_.join();
    return stats_;
  }

 private:
  void live(Ipv4Address inside, io::UdpSocket& outside, tunnel::Tunnel& engine,
            shell::IoMode mode) {
    enter_empty_network();
    auto tun = shell::open_tun("bench", mode);
    run("ip link set bench addrgenmode none mtu 1420");
    run("ip addr add " + to_string(inside) + "/24 dev bench");
    run("ip link set bench up");
    program_.emplace(io::UdpSocket::bind({inside, 9}));
    io::Poller poller;
    poller.watch(stop_.get(), [] { return false; });
    ready_.set_value();
    stats_ = shell::carry(poller, tun, outside, engine, mode);
  }

  io::FileDescriptor stop_{io::checked(::eventfd(0, EFD_CLOEXEC), "make an event")};
  std::optional<io::UdpSocket> program_;
  std::promise<void> ready_;
  shell::LoopStats stats_;
  std::thread thread_;
};

/// Sends a burst and takes it at the other end. How many arrived before nothing came any more.
class Traffic {
 public:
  Traffic(Host& from, Host& to)
      : sender_(from.program(), io::UdpSender::Trains::wanted),
        receiver_(to.program(), io::UdpReceiver::Trains::unwanted),
        to_(to.program().local()) {
    poller_.watch(to.program().fd());
  }
  std::size_t send_burst() {
    for (std::size_t i = 0; i < burst; ++i) sender_.add(to_, datagram_);
    sender_.flush();
    std::size_t arrived = 0;
    for (const Instant end = io::Clock{}.now() + 2s; arrived < burst && io::Clock{}.now() < end;) {
      if (!poller_.wait_until(end)) break;
      arrived += receiver_.receive().size();
    }
    return arrived;
  }

 private:
  io::Poller poller_;
  io::UdpSender sender_;
  io::UdpReceiver receiver_;
  Endpoint to_;
  std::array<std::uint8_t, packet_size> datagram_{};
};

/// Two tunnels that know each other; the first one knows where the second one is.
struct Pair {
  explicit Pair(const Endpoint& b_outside) {
    const auto a_key = crypto::PrivateKey::generate(random);
    const auto b_key = crypto::PrivateKey::generate(random);
    a.set_private_key(a_key);
    b.set_private_key(b_key);
    const std::vector<Prefix> all{Prefix{Ipv4Address{}, 0}};
    a.set_peer({.key = b_key.public_key(), .endpoint = b_outside, .allowed_ips = all});
    b.set_peer({.key = a_key.public_key(), .allowed_ips = all});
  }
  io::SystemRandom random;
  io::SystemWallClock clock;
  tunnel::Tunnel a{random, clock};
  tunnel::Tunnel b{random, clock};
};

bool measure(const std::string& name, shell::IoMode mode) {
  auto a_outside = io::UdpSocket::bind({Ipv4Address{127, 0, 0, 1}, 0});
  auto b_outside = io::UdpSocket::bind({Ipv4Address{127, 0, 0, 1}, 0});
  Pair tunnels{b_outside.local()};
  Host a{{10, 0, 0, 2}, a_outside, tunnels.a, mode};
  Host b{{10, 0, 0, 1}, b_outside, tunnels.b, mode};
  Traffic traffic{a, b};
  std::size_t packets = 0;
  std::size_t sent = 0;
  std::size_t allocations = 1;
  // In its first batches a loop learns how much it needs; how large they are is up to the machine.
  for (int tries = 0; allocations != 0 && tries < 5; ++tries) {
    allocations = test::count_allocations([&] {
      for (std::size_t i = 0; i < bursts; ++i, sent += burst) packets += traffic.send_burst();
    });
  }
  const auto of_both = [&](auto field) {
    return static_cast<double>(a.stop().*field + b.stop().*field) / static_cast<double>(packets);
  };
  fmt::print(
      "{:8} {} packets from end to end, for each: {:5.2f} system calls, {:4.2f} copies, {:4.2f} "
      "allocations\n",
      name, packets, of_both(&shell::LoopStats::system_calls), of_both(&shell::LoopStats::copies),
      static_cast<double>(allocations) / (bursts * burst));
  // The first super-packet of a kind is copied: how it is cut could not be foretold. By `split` each is: so counting works.
  const double copies = of_both(&shell::LoopStats::copies);
  const bool expected = mode == shell::IoMode::split ? copies > 0.9 : copies < 0.05;
  return packets * 100 >= sent * 99 && allocations == 0 && expected;
}

}  // namespace

int main() {
  enter_empty_network();
  bool good = true;
  for (const auto& [name, mode] : shell::io_modes) good = measure(name, mode) && good;
  if (!good)
    fmt::print("expected: nearly all packets, hardly a copy but by split, and no allocation\n");
  return good ? 0 : 1;
}
