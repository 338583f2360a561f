// How the bytes get in and out: one packet a system call, many, or whole trains (chapter 10). The engine does not notice.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "shell/crew.hpp"
#include "shell/event_loop.hpp"

namespace culvert::shell {

/// In the order in which each adds to the one before.
enum class IoMode {
  simple,   // one packet a system call: shell/event_loop
  batch,    // recvmmsg, sendmmsg; read until nothing is left
  trains,   // and trains of datagrams: UDP_SEGMENT and UDP_GRO on the socket
  split,    // and super-packets, cut by copying: TSO on the TUN device
  offload,  // and super-packets that are read to where they will be sealed
};

/// Their names, for an option --io.
const std::vector<std::pair<std::string, IoMode>> io_modes{{"simple", IoMode::simple},
                                                           {"batch", IoMode::batch},
                                                           {"trains", IoMode::trains},
                                                           {"split", IoMode::split},
                                                           {"offload", IoMode::offload}};

io::TunDevice open_tun(const std::string& name, IoMode mode);

/// Carries packets until somebody asks us to stop. A crew has nothing to do where packets come one by one.
LoopStats carry(io::Poller& poller, io::TunDevice& tun, io::UdpSocket& socket,
                tunnel::Engine& engine, IoMode mode, Crew* crew = nullptr);

}  // namespace culvert::shell
