#include "shell/io_mode.hpp"

#include "shell/batch_loop.hpp"

namespace culvert::shell {

io::TunDevice open_tun(const std::string& name, IoMode mode) {
  return mode >= IoMode::split ? io::TunDevice::open_offloading(name) : io::TunDevice::open(name);
}

LoopStats carry(io::Poller& poller, io::TunDevice& tun, io::UdpSocket& socket,
                tunnel::Engine& engine, IoMode mode, Crew* crew) {
  if (mode == IoMode::simple) {
    EventLoop loop{poller, tun, socket, engine};
    loop.run();
    return loop.stats();
  }
  using Cutting = offload::Landing::Cutting;
  BatchLoop loop{poller,
                 tun,
                 socket,
                 engine,
                 {.trains = mode >= IoMode::trains,
                  .cutting = mode == IoMode::split ? Cutting::by_copying : Cutting::in_place,
                  .crew = crew}};
  loop.run();
  return loop.stats();
}

}  // namespace culvert::shell
