// LiveInputs: packets as they pass network devices.
#pragma once

#include "options.hpp"
#include "session.hpp"
#include "signals.hpp"

namespace culvert::tundump {

/// Watches the devices of -i, or the only TUN device, until somebody asks it to stop, the session has enough, or the last
/// device is gone. The result is an exit status.
int watch_devices(Session& session, const Options& options, Signals& signals);

}  // namespace culvert::tundump
