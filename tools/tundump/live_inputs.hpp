// LiveInputs: packets as they pass network devices.
#pragma once

#include <csignal>

#include "options.hpp"
#include "session.hpp"

namespace culvert::tundump {

/// Watches the devices of -i, or the only TUN device, until somebody asks it to stop, the session has enough, or the last
/// device is gone. The result is an exit status.
int watch_devices(Session& session, const Options& options,
                  const volatile std::sig_atomic_t& stop_requested);

}  // namespace culvert::tundump
