#include "shell/io_mode.hpp"

#include "shell/batch_loop.hpp"

namespace culvert::shell {

io::TunDevice open_tun(const std::string& name, IoMode mode) {
  return mode == IoMode::offload ? io::TunDevice::open_offloading(name) : io::TunDevice::open(name);
}

LoopStats carry(io::Poller& poller, io::TunDevice& tun, io::UdpSocket& socket,
                tunnel::Engine& engine, IoMode mode, Crew* crew) {
  if (mode == IoMode::simple) {
    EventLoop loop{poller, tun, socket, engine};
    loop.run();
    return loop.stats();
  }
  BatchLoop loop{poller,
                 tun,
                 socket,
                 engine,
                 mode == IoMode::batch ? BatchLoop::Trains::unwanted : BatchLoop::Trains::wanted,
                 crew};
  loop.run();
  return loop.stats();
}

}  // namespace culvert::shell
